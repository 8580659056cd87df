import type { Context } from 'hono'
import type { CallerEnv } from '../auth/authenticate.ts'
import { isLimited } from '../auth/rate-limit.ts'
import type { FileSelection } from '../contacts/reading/read-contacts.ts'
import { tooManyRequests } from '../http/errors.ts'
import { objectKey } from '../storage/object-key.ts'
import { MAXIMUM_PRODUCTIONS } from '../storage/productions.ts'
import { labelFonts } from './label-fonts.ts'
import { produceFile } from './produce-file.ts'
import { exportTime, fileHeaders, keptName, type RequestedFile } from './requested-file.ts'

/** When a user with too many files in production may try again: most files take some seconds. */
const RETRY_SECONDS = 10

const TOO_MANY =
  `${MAXIMUM_PRODUCTIONS} of your files are being made at the moment, which is the most. ` +
  `Download one of them to its end, or try again in ${RETRY_SECONDS} seconds.`

/**
 * A file that is sent while it is made, of the contacts that a filter selects in the account lists.
 *
 * @param mayKeep whether it may replace what is kept
 * @throws HttpError 429 when the user has too many files in production
 */
export async function newFileResponse(
  context: Context<CallerEnv>,
  requestedFile: RequestedFile,
  selection: Pick<FileSelection, 'accountListIds' | 'filter' | 'sort'>,
  mayKeep = true,
): Promise<Response> {
  const { env, executionCtx } = context
  const { database, userId, requestId, startedAt } = context.var
  const { log, columns, requested, labels } = requestedFile
  const exportAt = exportTime(log)
  const madeAt = new Date(exportAt)
  const name = keptName(requestedFile)
  const file = await produceFile({
    database,
    bucket: env.FILES,
    userId,
    mostProductions: isLimited(env) ? MAXIMUM_PRODUCTIONS : undefined,
    name,
    mayKeep,
    selection: { ...selection, today: exportAt.slice(0, 10), userId, exportLogId: log.id },
    columns,
    requested,
    madeAt,
    sheets: labels && { ...labels, madeAt, id: log.id, fonts: labelFonts(env.ASSETS) },
    requestId,
    startedAt,
    waitUntil: (promise) => executionCtx.waitUntil(promise),
  })
  if (!file) throw tooManyRequests(RETRY_SECONDS, TOO_MANY)
  context.set('file', objectKey(name))
  context.set('sent', file.event.sent)
  return new Response(file.body, { headers: fileHeaders(requestedFile) })
}
