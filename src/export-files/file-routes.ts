import { Hono } from 'hono'
import { fileRecords, keptFile } from '../storage/kept-file.ts'
import { requiresEarlierVersion } from '../http/requested-part.ts'
import { fileFormats } from '../formats/file-formats.ts'
import type { CallerEnv } from '../auth/authenticate.ts'
import { preconditionFailed } from '../http/errors.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { countCall, limitReads } from '../auth/rate-limit.ts'
import { authenticateByTokenOrLink } from '../auth/signed-link.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import { ownLog } from '../export-logs/own-log.ts'
import { contactsExport, kindOfType, type ExportKind } from '../export-logs/export-kinds.ts'
import { exportLogRow } from '../export-logs/export-log.ts'
import { readableAccountLists } from '../export-logs/readable-account-lists.ts'
import { keptFileResponse } from './kept-file-response.ts'
import { newFileResponse } from './new-file-response.ts'
import { exportTime, fileHeaders, keptName, requestedFile } from './requested-file.ts'
import { inStoredParams, requestedLabels } from './requested-labels.ts'
import { requestedFormat } from './requested-format.ts'
import { requestedName } from './requested-name.ts'
import { unknownFormat } from './unknown-format.ts'
import { readLogId } from '../export-logs/read-log-id.ts'
import { readStoredParams } from '../export-logs/log-params.ts'

/**
 * The files of logs. A file has the columns that its log names. Where it names none, a file under
 * the path of contacts has the columns of the log's own type, under another path those of the
 * path's kind.
 */
export function fileRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()
  const extensions = fileFormats.map(({ extension }) => extension)
  const path = `/:file{[^/]+\\.(?:${extensions.join('|')})}` as const

  routes.get(path, authenticateByTokenOrLink, limitReads, async (context) => {
    const { env, req, var: variables } = context
    const [name = '', extension = ''] = req.param('file').split(/\.(?=[^.]*$)/)
    const format = fileFormats.find((one) => one.extension === extension)
    if (!format) throw new Error(`The route accepted '${extension}'.`)
    const requested = requestedFormat(req.url, format)
    const chosenName = requestedName(req.url, extension)
    const id = readLogId(name)
    const { userId, database } = variables
    const [[found], readable, records] = await database.batch([
      exportLogRow(database, id),
      readableAccountLists(database, userId),
      fileRecords(database, id),
    ])
    const log = ownLog(found, id, userId)
    const params = readStoredParams(log.params, exportTime(log).slice(0, 10))
    const { filter, sort } = params
    const labels = requestedLabels(requested, params.sent, inStoredParams)
    const readableIds = readable.map((list) => list.id)
    const accountListIds = accountListsInScope(filter, readableIds)
    const isReadable = new Set(readableIds)
    const fileKind = kind === contactsExport ? kindOfType(log.type) : kind
    const file = requestedFile(log, fileKind, params, requested, labels, chosenName)
    const { variant } = keptName(file)
    const kept = keptFile(records.find((record) => record.variant === variant))
    let mayKeep = true
    if (kept?.accountListIds.every((list) => isReadable.has(list))) {
      const response = await keptFileResponse(context, file, kept)
      if (response instanceof Response) return response
      // A kept file that R2 cannot read at the moment still exists, and is not replaced.
      mayKeep = response === 'gone'
    }
    if (requiresEarlierVersion(req.raw.headers)) throw preconditionFailed()
    if (req.method === 'HEAD') return new Response(null, { headers: fileHeaders(file) })
    await countCall(env, 'FILE_LIMIT', userId)
    return newFileResponse(context, file, { filter, sort, accountListIds }, mayKeep)
  })

  routes.all(path, rejectOtherMethods('GET', 'HEAD'))

  routes.all('/:file{[^/]+\\.[^/]*}', unknownFormat)

  return routes
}
