import { Hono } from 'hono'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { limitReads } from '../auth/rate-limit.ts'
import { filterValues } from '../contacts/reading/filter-values.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import { readableAccountLists } from '../export-logs/readable-account-lists.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { requireJsonApiAccepted } from '../http/json-api/negotiation.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { filterValuesDocument } from './filter-values-document.ts'
import { readFilterValuesQuery } from './read-filter-values-query.ts'

export const FILTER_VALUES = '/api/v2/contacts/filter_values'

/** Suggests values for a key of the filter, from what the caller may read. */
export const filterValuesRoutes = new Hono<CallerEnv>()

filterValuesRoutes.get(
  FILTER_VALUES,
  authenticate,
  limitReads,
  requireJsonApiAccepted,
  async ({ req, var: { database, userId } }) => {
    const { storedValues, searched, accountListIds } = readFilterValuesQuery(req.url)
    const readable = await readableAccountLists(database, userId)
    const scope = accountListsInScope(
      { accountListIds },
      readable.map(({ id }) => id),
    )
    const found = await filterValues(database, scope, storedValues, searched)
    return documentResponse(200, filterValuesDocument(found))
  },
)

filterValuesRoutes.all(FILTER_VALUES, rejectOtherMethods('GET', 'HEAD'))
