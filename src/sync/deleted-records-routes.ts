import { Hono } from 'hono'
import { authenticateReader, type ReaderEnv } from '../auth/authenticate.ts'
import { limitReaders } from '../auth/rate-limit.ts'
import type { SyncGrant } from '../auth/token-claims.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { requireJsonApiAccepted } from '../http/json-api/negotiation.ts'
import { pageLinks } from '../http/json-api/pages.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { deletedRecordsDocument } from './deleted-records-document.ts'
import { deletedRecordsQuery, readDeletedRecordsQuery } from './deleted-records-query.ts'
import { listDeletedRecords, positionOf, type DeletedRecordsScope } from './list-deleted-records.ts'

export const DELETED_RECORDS_PATH = '/api/v2/deleted_records'

const ENDS = { start: ['', '', ''], end: ['~', '', ''] } as const

/** What was deleted, for clients that keep a copy. */
export const deletedRecordsRoutes = new Hono<ReaderEnv>()

deletedRecordsRoutes.get(
  '/',
  authenticateReader,
  limitReaders,
  requireJsonApiAccepted,
  async ({ req, var: { database, userId, grant } }) => {
    const listing = readDeletedRecordsQuery(req.url)
    const page = await listDeletedRecords(database, scopeOf(userId, grant), listing)
    const { records, hasPrevious, hasNext } = page
    const positions = { positions: records.map(positionOf), hasPrevious, hasNext }
    const links = pageLinks(req.url, Object.keys(deletedRecordsQuery), positions, ENDS)
    return documentResponse(200, deletedRecordsDocument(records, links))
  },
)

deletedRecordsRoutes.all('/', rejectOtherMethods('GET', 'HEAD'))

/** A sender is shown what it may write, a user what they may read. */
function scopeOf(userId: string, grant: SyncGrant | undefined): DeletedRecordsScope {
  if (!grant) return { readableBy: userId }
  return grant.accountListIds ? { accountListIds: grant.accountListIds } : 'all'
}
