import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { ignoredKeys } from '../contacts/filter/read-filter.ts'
import { contactColumns } from '../contacts/columns.ts'
import { openDatabase } from '../db/client.ts'
import { storedTime } from '../db/stored-time.ts'
import { fileRecords, keptFile } from '../files/file-records.ts'
import { serveKeptFile } from '../files/serve-file.ts'
import { formats, isFormatName, type FormatName } from '../formats/formats.ts'
import { caller, type CallerEnv } from '../http/caller.ts'
import {
  badRequest,
  conflict,
  contentTooLarge,
  forbidden,
  methodNotAllowed,
  notFound,
  preconditionFailed,
  rangeNotSatisfiable,
} from '../http/errors.ts'
import { documentResponse } from '../http/json-api.ts'
import { readDocumentQuery } from '../http/json-api-query.ts'
import { answersJsonApi, takesJsonApi } from '../http/negotiation.ts'
import { accountListsInScope, ownLog } from './access.ts'
import { deleteExportLog } from './delete-log.ts'
import { exportLogById, insertExportLog, readableAccountLists, takenId } from './export-logs.ts'
import { fileName } from './file-name.ts'
import { LOG_FIELDS, logDocument, shownParams } from './log-document.ts'
import { readLogRequest, readStoredParams } from './log-request.ts'
import { newFile } from './new-file.ts'

const BODY_BYTES = 1024 * 1024

const limitedBody = bodyLimit({
  maxSize: BODY_BYTES,
  onError: () => {
    throw contentTooLarge('The body must not be larger than 1 MiB.')
  },
})

export const exportRoutes = new Hono<CallerEnv>()

exportRoutes.post('/', caller, answersJsonApi, takesJsonApi, limitedBody, async (context) => {
  const query = readDocumentQuery(context.req.url, LOG_FIELDS)
  const now = storedTime(new Date())
  const request = readLogRequest(await context.req.arrayBuffer(), now.slice(0, 10))
  const userId = context.var.userId
  const log = {
    id: request.id ?? crypto.randomUUID(),
    type: 'Contacts',
    params: JSON.stringify(request.params.sent),
    userId,
    exportAt: now,
    createdAt: request.createdAt ?? now,
    updatedAt: request.updatedAt ?? now,
    updatedInDbAt: now,
  }
  const ownUser = request.userId === undefined || request.userId === userId
  const { filter, sent } = request.params
  const database = openDatabase(context.env.DB)
  const [taken, readable, added] = await database.batch([
    takenId(database, log.id),
    readableAccountLists(database, userId),
    insertExportLog(database, log, ownUser, filter.accountListIds ?? []),
  ])
  if (taken.length > 0) {
    throw conflict({ detail: `The id '${log.id}' is taken.`, source: { pointer: '/data/id' } })
  }
  if (!ownUser) {
    throw forbidden({
      detail: 'A log belongs to the user whose token makes it.',
      source: { pointer: '/data/relationships/user/data/id' },
    })
  }
  accountListsInScope(
    filter,
    readable.map(({ id }) => id),
  )
  if (added.length === 0) throw new Error('The log was not added, and nothing says why.')
  const self = urlOf(context.req.url, log.id)
  const shown = { params: sent, ignoredFilters: ignoredKeys(sent['filter']), self }
  return documentResponse(201, logDocument(log, shown, query), { Location: self })
})

exportRoutes.all('/', ({ req }) => {
  throw methodNotAllowed(req.method, ['POST'])
})

exportRoutes.get('/:file{[^/]+\\.(?:csv|xlsx)}', caller, async (context) => {
  const { id, format: formatName } = fileOf(context.req.param('file'))
  const userId = context.var.userId
  const database = openDatabase(context.env.DB)
  const name = { exportLogId: id, variant: formatName }
  const [[found], readable, [record]] = await database.batch([
    exportLogById(database, id),
    readableAccountLists(database, userId),
    fileRecords(database, name),
  ])
  const log = ownLog(found, id, userId)
  const exportAt = log.exportAt ?? log.createdAt
  const today = exportAt.slice(0, 10)
  const { filter } = readStoredParams(log.params, today)
  const readableIds = readable.map((list) => list.id)
  const accountListIds = accountListsInScope(filter, readableIds)
  const format = formats[formatName]
  const headers = {
    'Content-Type': format.mediaType,
    'Content-Disposition': `attachment; filename="${fileName('contacts', exportAt, formatName)}"`,
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
  }
  const bucket = context.env.FILES
  const isHead = context.req.method === 'HEAD'
  const kept = keptFile(record)
  if (kept?.accountListIds.every((list) => readableIds.includes(list))) {
    const served = await serveKeptFile(bucket, name, kept, context.req.raw)
    if (served?.status === 412) throw preconditionFailed()
    if (served?.status === 416) throw rangeNotSatisfiable(served.headers)
    if (served) {
      const { body, status } = served
      return new Response(body, { status, headers: { ...headers, ...served.headers } })
    }
  }
  if (isHead) return new Response(null, { headers })
  const body = await newFile({
    database,
    bucket,
    name,
    selection: { accountListIds, filter, today },
    format,
    sheet: { columns: contactColumns, title: 'Contacts', madeAt: new Date(exportAt) },
    waitUntil: (promise) => context.executionCtx.waitUntil(promise),
  })
  return new Response(body, { headers })
})

exportRoutes.all('/:file{[^/]+\\.(?:csv|xlsx)}', ({ req }) => {
  throw methodNotAllowed(req.method, ['GET', 'HEAD'])
})

exportRoutes.all('/:file{[^/]+\\.[^/]*}', () => {
  throw notFound({
    detail: `There is no such format; there are ${Object.keys(formats).join(' and ')}.`,
  })
})

exportRoutes.get('/:id', caller, answersJsonApi, async (context) => {
  const query = readDocumentQuery(context.req.url, LOG_FIELDS)
  const id = uuidOf(context.req.param('id'))
  const database = openDatabase(context.env.DB)
  const [found] = await exportLogById(database, id)
  const log = ownLog(found, id, context.var.userId)
  const shown = { ...shownParams(log), self: urlOf(context.req.url, id) }
  return documentResponse(200, logDocument(log, shown, query))
})

exportRoutes.delete('/:id', caller, async (context) => {
  const id = uuidOf(context.req.param('id'))
  const { DB, FILES } = context.env
  await deleteExportLog(openDatabase(DB), FILES, id, context.var.userId)
  return context.body(null, 204)
})

exportRoutes.all('/:id', ({ req }) => {
  throw methodNotAllowed(req.method, ['GET', 'HEAD', 'DELETE'])
})

/** A log's id and a format, from `<id>.<format>`. */
function fileOf(file: string): { id: string; format: FormatName } {
  const dot = file.lastIndexOf('.')
  const format = file.slice(dot + 1)
  if (!isFormatName(format)) throw new Error(`The route let '${format}' through.`)
  return { id: uuidOf(file.slice(0, dot)), format }
}

function uuidOf(id: string): string {
  const { data } = z.guid().safeParse(id)
  if (data !== undefined) return data.toLowerCase()
  throw badRequest({ detail: `The id of a log is a UUID; '${id}' is none.` })
}

/** The absolute URL of a log. */
const urlOf = (requestUrl: string, id: string): string =>
  new URL(`/api/v2/contacts/exports/${id}`, requestUrl).href
