import { Hono } from 'hono'
import { fileRecords, keptFile } from '../files/file-records.ts'
import { wantsEarlierState } from '../files/requested-part.ts'
import { EXTENSIONS } from '../formats/formats.ts'
import type { CallerEnv } from '../http/caller.ts'
import { preconditionFailed } from '../http/errors.ts'
import { onlyMethods } from '../http/methods.ts'
import { countCall, limitReads } from '../http/rate-limit.ts'
import { callerOrLink } from '../http/signed-link.ts'
import { accountListsInScope, ownLog } from './access.ts'
import { contactsExport, kindOfType, type ExportKind } from './export-kinds.ts'
import { exportLogRow, readableAccountLists } from './export-logs.ts'
import {
  exportTime,
  fileHeaders,
  keptFileResponse,
  keptName,
  newFileResponse,
} from './file-response.ts'
import { readFormat, unknownFormat } from './format-query.ts'
import { readLogId } from './log-id.ts'
import { readStoredParams } from './log-params.ts'

/** The files of logs: under the contacts' path in the columns of the log's own type, else in those of the path's kind. */
export function fileRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()
  const path = `/:file{[^/]+\\.(?:${EXTENSIONS.join('|')})}` as const

  routes.get(path, callerOrLink, limitReads, async (context) => {
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
    if (wantsEarlierState(req.raw.headers)) throw preconditionFailed()
    if (req.method === 'HEAD') return new Response(null, { headers: fileHeaders(wanted) })
    await countCall(env, 'FILE_LIMIT', userId)
    return newFileResponse(context, wanted, { filter, accountListIds }, mayKeep)
  })

  routes.all(path, onlyMethods('GET', 'HEAD'))

  routes.all('/:file{[^/]+\\.[^/]*}', unknownFormat)

  return routes
}
