import * as z from 'zod'
import { readQuery, words } from '../http/json-api/json-api-query.ts'
import { pageParameters, requestedPage, type RequestedPage } from '../http/json-api/pages.ts'
import { storedTime } from '../db/stored-time.ts'
import { DELETED_TYPES, type DeletedType } from './list-deleted-records.ts'

/** A date, or a time with or without a fraction, `Z` or an offset. */
const since = z
  .union(
    [
      z.iso.date().transform((date) => `${date}T00:00:00Z`),
      z.iso
        .datetime({ offset: true, local: false })
        .transform((time) => storedTime(new Date(time))),
    ],
    { error: "'filter[since_date]' must be a date, 2026-01-31, or a time, 2026-01-31T12:00:00Z." },
  )
  .optional()

/** The query parameters of the list of deleted records. */
export const deletedRecordsQuery = {
  'filter[since_date]': since,
  'filter[types]': words(DELETED_TYPES, 'type of deleted records'),
  ...pageParameters(3),
}

/** @throws HttpError 400 */
export function readDeletedRecordsQuery(url: string): {
  readonly types: readonly DeletedType[]
  readonly since: string
  readonly page: RequestedPage
} {
  const query = readQuery(url, deletedRecordsQuery)
  const types = query['filter[types]']
  return {
    types: types === undefined || types.length === 0 ? DELETED_TYPES : [...new Set(types)],
    since: query['filter[since_date]'] ?? '',
    page: requestedPage(query),
  }
}
