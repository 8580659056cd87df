import { asJsonObject, type JsonObject } from '../contacts/filter/json-values.ts'
import type { DocumentQuery } from '../http/json-api-query.ts'
import type { ExportLog } from './export-logs.ts'

/** What a client may name in `fields[export_logs]`. */
export const LOG_FIELDS = [
  'created_at',
  'export_at',
  'params',
  'type',
  'updated_at',
  'updated_in_db_at',
  'user',
]

/** An export log as a JSON:API document. `params` come as they are to be shown, `self` is its URL. */
export function logDocument(
  log: ExportLog,
  params: JsonObject,
  self: string,
  { fields, includeUser }: DocumentQuery,
): object {
  const shown = (name: string) => fields === undefined || fields.includes(name)
  const user = { id: log.userId, type: 'users' }
  const attributes = {
    created_at: log.createdAt,
    export_at: log.exportAt,
    params,
    type: log.type,
    updated_at: log.updatedAt,
    updated_in_db_at: log.updatedInDbAt,
  }
  return {
    data: {
      id: log.id,
      type: 'export_logs',
      attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => shown(name))),
      ...(shown('user') && { relationships: { user: { data: user } } }),
      links: { self },
    },
    ...(includeUser && { included: [user] }),
  }
}

/** A log's params with the filter as an object, whichever way it came. What another program left unreadable stays as it is. */
export function paramsWithFilter(params: JsonObject): JsonObject {
  const filter = params['filter'] ?? null
  return { ...params, filter: asJsonObject(filter) ?? filter }
}
