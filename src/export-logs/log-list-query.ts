import { list } from '../contacts/filter/values/lists.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import {
  pageLinks as linksOfPage,
  pageParameters,
  requestedPage,
  type Position,
} from '../http/json-api/pages.ts'
import type { LogListing, LogPage, LogPosition } from './list-logs.ts'
import { documentQuery, showsParams, type DocumentQuery } from './log-document.ts'

/** The query parameters of the list of logs. */
export const listQuery = {
  ...documentQuery,
  'filter[type]': list.optional(),
  ...pageParameters(2),
}

/**
 * Reads which of the caller's logs to list, and which members to show.
 *
 * @throws HttpError 400
 */
export function readListQuery(url: string): {
  readonly listing: Omit<LogListing, 'userId'>
  readonly query: DocumentQuery
} {
  const query = readQuery(url, listQuery)
  const { size, after, before } = requestedPage(query)
  const listing = {
    types: query['filter[type]'],
    size,
    withParams: showsParams(query),
    after: after && logPosition(after),
    before: before && logPosition(before),
  }
  return { listing, query }
}

const logPosition = ([createdAt = '', id = '']: Position): LogPosition => ({ createdAt, id })

/** Before and after all times, compared as strings. */
const ENDS = { start: ['~', ''], end: ['', ''] } as const

/** The links from a page of the list to the previous and the next one, null if there is none. */
export const pageLinks = (url: string, { logs, hasNewer, hasOlder }: LogPage) =>
  linksOfPage(
    url,
    Object.keys(listQuery),
    {
      positions: logs.map(({ createdAt, id }) => [createdAt, id]),
      hasPrevious: hasNewer,
      hasNext: hasOlder,
    },
    ENDS,
  )
