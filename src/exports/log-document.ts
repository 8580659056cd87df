import { asJsonObject, type JsonObject } from '../contacts/filter/json-values.ts'
import { ignoredKeys } from '../contacts/filter/read-filter.ts'
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

/** What a document shows beside the row of its log. */
type Shown = {
  /** As they are to be shown. */
  readonly params: JsonObject
  /** Keys of the filter that mean nothing here. */
  readonly ignoredFilters: readonly string[]
  /** The URL of the log. */
  readonly self: string
}

/** An export log as a JSON:API document. */
export function logDocument(
  log: ExportLog,
  { params, ignoredFilters, self }: Shown,
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
      ...(ignoredFilters.length > 0 && { meta: { ignored_filters: ignoredFilters } }),
    },
    ...(includeUser && { included: [user] }),
  }
}

/**
 * A log's params as a `GET` shows them: the filter as an object, whichever way it came. What another program has left
 * unreadable stays as it is.
 */
export function shownParams(log: ExportLog): Pick<Shown, 'params' | 'ignoredFilters'> {
  const params = asJsonObject(log.params) ?? {}
  const filter = params['filter'] ?? null
  return {
    params: { ...params, filter: asJsonObject(filter) ?? filter },
    ignoredFilters: ignoredKeys(filter),
  }
}
