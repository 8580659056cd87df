import { Hono } from 'hono'
import { storedTime } from '../db/stored-time.ts'
import { requiresEarlierVersion } from '../http/requested-part.ts'
import { EXTENSIONS } from '../formats/formats.ts'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { HttpError, preconditionFailed } from '../http/errors.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { countCall } from '../auth/rate-limit.ts'
import { readSettings } from '../settings/read-settings.ts'
import { accountListsInScope } from '../export-logs/access.ts'
import type { ExportKind } from '../export-logs/export-kinds.ts'
import { forgetLog, readableAccountLists } from '../export-logs/export-log-queries.ts'
import { fileHeaders, newFileResponse } from './file-response.ts'
import { readFilterQuery } from './filter-query.ts'
import { readFormat, unknownFormat } from './format-query.ts'
import { logUrl } from '../export-logs/log-links.ts'
import { logRow, makeLog } from '../export-logs/make-log.ts'

/** Makes a log by the filter in the query string, and answers with its file at once. */
export function oneShotRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()

  for (const extension of EXTENSIONS) {
    const path = `${kind.path}.${extension}`

    routes.get(path, authenticate, async (context) => {
      const { env, req, var: variables } = context
      const { userId, database } = variables
      if (req.method === 'HEAD') await countCall(env, 'READ_LIMIT', userId)
      else {
        await countCall(env, 'LOG_LIMIT', userId)
        await countCall(env, 'FILE_LIMIT', userId)
      }
      const formatName = readFormat(req.url, extension)
      const now = storedTime(new Date())
      const { sent, filter } = readFilterQuery(req.url, now.slice(0, 10), ['bom'])
      const params = sent === undefined ? {} : { filter: sent }
      const log = logRow(kind, userId, now, { params })
      const wanted = { log, kind, formatName }
      if (requiresEarlierVersion(req.raw.headers)) throw preconditionFailed()
      if (req.method === 'HEAD') {
        const readable = await readableAccountLists(database, userId)
        accountListsInScope(
          filter,
          readable.map((list) => list.id),
        )
        return new Response(null, { headers: fileHeaders(wanted) })
      }
      const { accountListIds } = await makeLog(database, {
        log,
        filter,
        settings: readSettings(env),
      })
      const response = await newFileResponse(context, wanted, { filter, accountListIds }).catch(
        async (error: unknown) => {
          // The log of a file that is refused is nobody's.
          if (error instanceof HttpError) await database.retry(() => forgetLog(database, log.id))
          throw error
        },
      )
      response.headers.set('Link', `<${logUrl(req.url, kind, log.id)}>; rel="describedby"`)
      return response
    })

    routes.all(path, rejectOtherMethods('GET', 'HEAD'))
  }

  routes.all(kind.path.replace(/[^/]+$/, ':file{$&\\.[^/]*}'), unknownFormat)

  return routes
}
