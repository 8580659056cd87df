import { Hono } from 'hono'
import { storedTime } from '../db/stored-time.ts'
import { requiresEarlierVersion } from '../http/requested-part.ts'
import { fileFormats } from '../formats/file-formats.ts'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { HttpError, preconditionFailed } from '../http/errors.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { countCall } from '../auth/rate-limit.ts'
import { readSettings } from '../settings/read-settings.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import type { ExportKind } from '../export-logs/export-kinds.ts'
import { forgetLog } from '../export-logs/insert-log.ts'
import { readableAccountLists } from '../export-logs/readable-account-lists.ts'
import { newFileResponse } from './new-file-response.ts'
import { readExportQuery } from './read-export-query.ts'
import { fileHeaders, requestedFile } from './requested-file.ts'
import { formatParameters, requestedFormat } from './requested-format.ts'
import { labelOptionNames } from './label-options.ts'
import { inQuery, labelParams, requestedLabels } from './requested-labels.ts'
import { NAME_PARAMETER, requestedName } from './requested-name.ts'
import { unknownFormat } from './unknown-format.ts'
import { logUrl } from '../export-logs/log-links.ts'
import { logRow, makeLog } from '../export-logs/make-log.ts'

/** Makes a log from the filter in the query string, and responds with its file at once. */
export function oneShotRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()

  for (const format of fileFormats) {
    const path = `${kind.path}.${format.extension}`

    routes.get(path, authenticate, async (context) => {
      const { env, req, var: variables } = context
      const { userId, database } = variables
      if (req.method === 'HEAD') await countCall(env, 'READ_LIMIT', userId)
      else {
        await countCall(env, 'LOG_LIMIT', userId)
        await countCall(env, 'FILE_LIMIT', userId)
      }
      const requested = requestedFormat(req.url, format)
      const now = storedTime(new Date())
      const params = readExportQuery(req.url, now.slice(0, 10), [
        ...formatParameters.keys(),
        ...labelOptionNames,
        NAME_PARAMETER,
      ])
      const sent = { ...params.sent, ...labelParams(req.url) }
      const labels = requestedLabels(requested, sent, inQuery)
      const { filter, sort } = params
      const log = logRow(kind, userId, now, { params: sent })
      const chosenName = requestedName(req.url, format.extension)
      const file = requestedFile(log, kind, params, requested, labels, chosenName)
      if (requiresEarlierVersion(req.raw.headers)) throw preconditionFailed()
      if (req.method === 'HEAD') {
        const readable = await readableAccountLists(database, userId)
        accountListsInScope(
          filter,
          readable.map((list) => list.id),
        )
        return new Response(null, { headers: fileHeaders(file) })
      }
      const { accountListIds } = await makeLog(database, {
        log,
        filter,
        settings: readSettings(env),
      })
      const response = await newFileResponse(context, file, { filter, sort, accountListIds }).catch(
        async (error: unknown) => {
          // The log of a refused file is of no use to the client.
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
