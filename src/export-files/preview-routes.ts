import { Hono } from 'hono'
import { previewSelection } from '../contacts/reading/preview-selection.ts'
import { storedTime } from '../db/stored-time.ts'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { requireJsonApiAccepted } from '../http/json-api/negotiation.ts'
import { isLimited, limitReads } from '../auth/rate-limit.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import { contactsExport } from '../export-logs/export-kinds.ts'
import { namedAccountLists } from '../export-logs/readable-account-lists.ts'
import { labelOptionNames } from './label-options.ts'
import { readExportQuery } from './read-export-query.ts'
import { previewDocument } from './preview-document.ts'
import { tooManyRequests } from '../http/errors.ts'
import { logError } from '../log.ts'
import {
  admitProduction,
  endProduction,
  forgetDeadProductions,
  MAXIMUM_PRODUCTIONS,
  type Production,
} from '../storage/productions.ts'

/** When a user with too many previews under way may try again. */
const RETRY_SECONDS = 2

const TOO_MANY =
  `${MAXIMUM_PRODUCTIONS} previews of yours are under way, which is the most. ` +
  `Try again in ${RETRY_SECONDS} seconds.`

/**
 * What the filter in the query string selects: how many contacts, and the first rows. Nothing is
 * made or kept. A preview evaluates the filter for all contacts of its user, as a file does, so a
 * user has only a few under way at a time.
 */
export const previewRoutes = new Hono<CallerEnv>()

previewRoutes.get('/preview', authenticate, limitReads, requireJsonApiAccepted, async (context) => {
  const { env, executionCtx, var: variables } = context
  const { database, userId } = variables
  const today = storedTime(new Date()).slice(0, 10)
  const params = readExportQuery(context.req.url, today, labelOptionNames)
  const { filter, sort, columns = contactsExport.columns } = params
  const production: Production = { userId, id: crypto.randomUUID(), kind: 'preview' }
  const most = isLimited(env) ? MAXIMUM_PRODUCTIONS : undefined
  const [, [admitted], readable] = await database.retry(() =>
    database.batch([
      forgetDeadProductions(database, userId),
      admitProduction(database, production, most),
      namedAccountLists(database, userId),
    ]),
  )
  if (!admitted) throw tooManyRequests(RETRY_SECONDS, TOO_MANY)
  try {
    const accountListIds = accountListsInScope(
      filter,
      readable.map(({ id }) => id),
    )
    const preview = await previewSelection(database, { filter, sort, accountListIds, today })
    return documentResponse(200, previewDocument(preview, columns, readable))
  } finally {
    executionCtx.waitUntil(
      database
        .retry(() => endProduction(database, production))
        .catch((error: unknown) => logError('production_not_ended', error)),
    )
  }
})

previewRoutes.all('/preview', rejectOtherMethods('GET', 'HEAD'))
