import { Hono } from 'hono'
import { fileRecords, keptFile } from '../storage/file-records.ts'
import { requiresEarlierVersion } from '../http/requested-part.ts'
import { EXTENSIONS } from '../formats/formats.ts'
import type { CallerEnv } from '../auth/authenticate.ts'
import { preconditionFailed } from '../http/errors.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { countCall, limitReads } from '../auth/rate-limit.ts'
import { authenticateByTokenOrLink } from '../auth/signed-link.ts'
import { accountListsInScope, ownLog } from '../export-logs/access.ts'
import { contactsExport, kindOfType, type ExportKind } from '../export-logs/export-kinds.ts'
import { exportLogRow, readableAccountLists } from '../export-logs/export-log-queries.ts'
import {
  exportTime,
  fileHeaders,
  keptFileResponse,
  keptName,
  newFileResponse,
} from './file-response.ts'
import { readFormat, unknownFormat } from './format-query.ts'
import { readLogId } from '../export-logs/log-id.ts'
import { readStoredParams } from '../export-logs/log-params.ts'

/** The files of logs: under the contacts' path in the columns of the log's own type, else in those of the path's kind. */
export function fileRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()
  const path = `/:file{[^/]+\\.(?:${EXTENSIONS.join('|')})}` as const

  routes.get(path, authenticateByTokenOrLink, limitReads, async (context) => {
    const { env, req, var: variables } = context
    const [name = '', extension = ''] = req.param('file').split(/\.(?=[^.]*$)/)
    const formatName = readFormat(req.url, extension)
    const id = readLogId(name)
    const { userId, database } = variables
    const [[found], readable, records] = await database.batch([
      exportLogRow(database, id),
      readableAccountLists(database, userId),
      fileRecords(database, id),
    ])
    const log = ownLog(found, id, userId)
    const { filter } = readStoredParams(log.params, exportTime(log).slice(0, 10))
    const readableIds = readable.map((list) => list.id)
    const accountListIds = accountListsInScope(filter, readableIds)
    const isReadable = new Set(readableIds)
    const columns = kind === contactsExport ? kindOfType(log.type) : kind
    const wanted = { log, kind: columns, formatName }
    const { variant } = keptName(wanted)
    const kept = keptFile(records.find((record) => record.variant === variant))
    let mayKeep = true
    if (kept?.accountListIds.every((list) => isReadable.has(list))) {
      const response = await keptFileResponse(context, wanted, kept)
      if (response instanceof Response) return response
      // What cannot be read at the moment is still the file of its day: no other takes its place.
      mayKeep = response === 'gone'
    }
    if (requiresEarlierVersion(req.raw.headers)) throw preconditionFailed()
    if (req.method === 'HEAD') return new Response(null, { headers: fileHeaders(wanted) })
    await countCall(env, 'FILE_LIMIT', userId)
    return newFileResponse(context, wanted, { filter, accountListIds }, mayKeep)
  })

  routes.all(path, rejectOtherMethods('GET', 'HEAD'))

  routes.all('/:file{[^/]+\\.[^/]*}', unknownFormat)

  return routes
}
