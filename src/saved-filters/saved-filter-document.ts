import { ignoredKeys } from '../contacts/filter/read-filter.ts'
import type { SavedFilter } from './saved-filter.ts'

export const SAVED_FILTERS = '/api/v2/contacts/saved_filters'

/** The URL of a saved filter at the origin of a request. */
export const savedFilterUrl = (requestUrl: string, id: string): string =>
  new URL(`${SAVED_FILTERS}/${id}`, requestUrl).href

/** A JSON:API document of one saved filter. */
export const savedFilterDocument = (row: SavedFilter, requestUrl: string) => ({
  data: resourceOf(row, requestUrl),
})

/** A JSON:API document of all saved filters of a user. */
export const savedFilterListDocument = (rows: readonly SavedFilter[], requestUrl: string) => ({
  data: rows.map((row) => resourceOf(row, requestUrl)),
  meta: { total: rows.length },
})

function resourceOf(row: SavedFilter, requestUrl: string) {
  // What this service has stored.
  const filter: unknown = JSON.parse(row.filter)
  const columns: unknown = JSON.parse(row.columns ?? 'null')
  const ignored = ignoredKeys(filter)
  return {
    id: row.id,
    type: 'saved_filters',
    attributes: {
      columns,
      created_at: row.createdAt,
      filter,
      format: row.format,
      name: row.name,
      sort: row.sort,
      updated_at: row.updatedAt,
    },
    links: { self: savedFilterUrl(requestUrl, row.id) },
    ...(ignored.length > 0 && { meta: { ignored_filters: ignored } }),
  }
}
