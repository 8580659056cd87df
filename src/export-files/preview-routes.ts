import { Hono } from 'hono'
import { previewSelection } from '../contacts/reading/preview-selection.ts'
import { storedTime } from '../db/stored-time.ts'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { requireJsonApiAccepted } from '../http/json-api/negotiation.ts'
import { limitReads } from '../auth/rate-limit.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import { namedAccountLists } from '../export-logs/readable-account-lists.ts'
import { readFilterQuery } from './read-filter-query.ts'
import { previewDocument } from './preview-document.ts'

/**
 * What the filter in the query string selects: how many contacts, and the first rows. Nothing is
 * made or kept.
 */
export const previewRoutes = new Hono<CallerEnv>()

previewRoutes.get('/preview', authenticate, limitReads, requireJsonApiAccepted, async (context) => {
  const { database, userId } = context.var
  const today = storedTime(new Date()).slice(0, 10)
  const { filter } = readFilterQuery(context.req.url, today, [])
  const readable = await namedAccountLists(database, userId)
  const accountListIds = accountListsInScope(
    filter,
    readable.map(({ id }) => id),
  )
  const preview = await previewSelection(database, { filter, accountListIds, today })
  return documentResponse(200, previewDocument(preview, readable))
})

previewRoutes.all('/preview', rejectOtherMethods('GET', 'HEAD'))
