import type * as z from 'zod'
import { asJsonObject, type JsonObject } from '../contacts/filter/values/json-values.ts'
import { ignoredKeys } from '../contacts/filter/read-filter.ts'
import { words } from '../http/json-api/json-api-query.ts'
import type { ExportLog, ExportLogRow } from './export-log.ts'
import type { LogLinks } from './log-links.ts'

/** The query parameters of a document with logs. */
export const documentQuery = {
  /** The only members of a log to show; all without it. */
  'fields[export_logs]': words(
    ['created_at', 'export_at', 'params', 'type', 'updated_at', 'updated_in_db_at', 'user'],
    'field',
  ),
  include: words(['user'], 'relationship to include'),
}

export type DocumentQuery = Partial<{
  readonly [Name in keyof typeof documentQuery]: z.output<(typeof documentQuery)[Name]>
}>

/** Whether a document shows the params of its logs. */
export const showsParams = ({ 'fields[export_logs]': fields }: DocumentQuery): boolean =>
  fields === undefined || fields.includes('params')

/** What a document shows of a log. */
type ShownLog = {
  readonly log: ExportLogRow
  /** As they are shown. */
  readonly params: JsonObject
  readonly meta: object
  readonly links: LogLinks
}

/** A log that has just been made, with its params as sent. It has no files yet. */
export const newLog = (log: ExportLogRow, params: JsonObject, links: LogLinks): ShownLog => ({
  log,
  params,
  meta: ignoredFilters(params['filter']),
  links,
})

/**
 * A log as a `GET` shows it, with the filter as an object even if it was sent as a string. A filter
 * of another program that cannot be read stays as it is.
 */
export function storedLog({ files, ...log }: ExportLog, links: LogLinks): ShownLog {
  const params = asJsonObject(log.params) ?? {}
  const filter = params['filter'] ?? null
  return {
    log,
    params: { ...params, filter: asJsonObject(filter) ?? filter },
    meta: { files, ...ignoredFilters(filter) },
    links,
  }
}

/** A JSON:API document of one log. */
export const logDocument = (shown: ShownLog, query: DocumentQuery): object => ({
  data: resourceOf(shown, query),
  ...includedUsers([shown], query),
})

/** A JSON:API document of a page of logs. */
export const logListDocument = (
  all: readonly ShownLog[],
  query: DocumentQuery,
  { links, total }: { readonly links: object; readonly total: number },
): object => ({
  data: all.map((shown) => resourceOf(shown, query)),
  ...includedUsers(all, query),
  links,
  meta: { total },
})

function resourceOf({ log, params, meta, links }: ShownLog, query: DocumentQuery): object {
  const fields: readonly string[] | undefined = query['fields[export_logs]']
  const isShown = (name: string) => fields === undefined || fields.includes(name)
  const attributes = {
    created_at: log.createdAt,
    export_at: log.exportAt,
    params,
    type: log.type,
    updated_at: log.updatedAt,
    updated_in_db_at: log.updatedInDbAt,
  }
  return {
    id: log.id,
    type: 'export_logs',
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => isShown(name))),
    ...(isShown('user') && { relationships: { user: { data: userOf(log) } } }),
    links,
    ...(Object.keys(meta).length > 0 && { meta }),
  }
}

const userOf = ({ userId }: ExportLogRow) => ({ id: userId, type: 'users' })

/** All logs of a document belong to one user. */
const includedUsers = (all: readonly ShownLog[], { include }: DocumentQuery) =>
  include?.includes('user') && { included: all.slice(0, 1).map(({ log }) => userOf(log)) }

/** The keys of a filter that this service ignores. */
function ignoredFilters(filter: unknown): object {
  const ignored = ignoredKeys(filter)
  return ignored.length > 0 ? { ignored_filters: ignored } : {}
}
