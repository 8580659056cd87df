import { Hono } from 'hono'
import { storedTime } from '../db/stored-time.ts'
import { authenticate, type CallerEnv } from '../auth/authenticate.ts'
import { limitedBody } from '../http/limited-body.ts'
import { documentResponse } from '../http/json-api/json-api.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import { requireJsonApiAccepted, requireJsonBody } from '../http/json-api/negotiation.ts'
import { rejectMalformedQuery } from '../http/query-parameters.ts'
import { limitLogs, limitReads } from '../auth/rate-limit.ts'
import { linkSigner } from '../auth/signed-link.ts'
import { readSettings } from '../settings/read-settings.ts'
import { ownLog } from './own-log.ts'
import { deleteLog } from './delete-log.ts'
import { contactsExport, type ExportKind } from './export-kinds.ts'
import { exportLogById } from './export-log.ts'
import { listLogs } from './list-logs.ts'
import { documentQuery, logDocument, logListDocument, newLog, storedLog } from './log-document.ts'
import { readLogId } from './read-log-id.ts'
import { logLinks } from './log-links.ts'
import { pageLinks, readListQuery } from './log-list-query.ts'
import { readNameRequest } from './read-name-request.ts'
import { renameLog } from './rename-log.ts'
import { readLogRequest } from './read-log-request.ts'
import { logRow, makeLog } from './make-log.ts'

/** The routes for the logs of an export kind. */
export function logRoutes(kind: ExportKind) {
  const routes = new Hono<CallerEnv>()

  routes.post(
    '/',
    authenticate,
    limitLogs,
    requireJsonApiAccepted,
    requireJsonBody,
    limitedBody,
    async (context) => {
      const { env, req, var: variables } = context
      const query = readQuery(req.url, documentQuery)
      const now = new Date()
      const at = storedTime(now)
      const { id, params, createdAt, updatedAt, userId } = readLogRequest(
        await req.arrayBuffer(),
        at.slice(0, 10),
      )
      const given = { id, params: params.sent, createdAt, updatedAt }
      const { log } = await makeLog(variables.database, {
        log: logRow(kind, variables.userId, at, given),
        filter: params.filter,
        documentUserId: userId,
        settings: readSettings(env),
      })
      const sign = await linkSigner(env, now)
      const links = await logLinks(req.url, kind, log, sign)
      const document = logDocument(newLog(log, params.sent, links), query)
      return documentResponse(201, document, { Location: links.self })
    },
  )

  routes.get('/:id', authenticate, requireJsonApiAccepted, async (context) => {
    const { env, req, var: variables } = context
    const query = readQuery(req.url, documentQuery)
    const id = readLogId(req.param('id'))
    const [found] = await exportLogById(variables.database, id, variables.userId)
    const log = ownLog(found, id, variables.userId)
    const links = await logLinks(req.url, kind, log, await linkSigner(env, new Date()))
    return documentResponse(200, logDocument(storedLog(log, links), query))
  })

  if (kind !== contactsExport) {
    routes.all('/', rejectOtherMethods('POST'))
    routes.all('/:id', rejectOtherMethods('GET', 'HEAD'))
    return routes
  }

  routes.get('/', authenticate, limitReads, requireJsonApiAccepted, async (context) => {
    const { env, req, var: variables } = context
    const { listing, query } = readListQuery(req.url)
    const page = await listLogs(variables.database, { ...listing, userId: variables.userId })
    const sign = await linkSigner(env, new Date())
    const shown = await Promise.all(
      page.logs.map(async (log) => storedLog(log, await logLinks(req.url, kind, log, sign))),
    )
    const { total } = page
    return documentResponse(
      200,
      logListDocument(shown, query, { links: pageLinks(req.url, page), total }),
    )
  })

  routes.patch(
    '/:id',
    authenticate,
    limitLogs,
    requireJsonApiAccepted,
    requireJsonBody,
    limitedBody,
    async (context) => {
      const { env, req, var: variables } = context
      const query = readQuery(req.url, documentQuery)
      const now = new Date()
      const id = readLogId(req.param('id'))
      const name = readNameRequest(await req.arrayBuffer(), id)
      const caller = { id, userId: variables.userId, at: storedTime(now) }
      const log = await renameLog(variables.database, caller, name)
      const links = await logLinks(req.url, kind, log, await linkSigner(env, now))
      return documentResponse(200, logDocument(storedLog(log, links), query))
    },
  )

  routes.delete('/:id', authenticate, rejectMalformedQuery, async (context) => {
    const { env, req, var: variables } = context
    const id = readLogId(req.param('id'))
    await deleteLog(variables.database, env.FILES, id, variables.userId)
    return context.body(null, 204, { 'Cache-Control': 'no-store' })
  })

  routes.all('/', rejectOtherMethods('GET', 'HEAD', 'POST'))
  routes.all('/:id', rejectOtherMethods('GET', 'HEAD', 'PATCH', 'DELETE'))
  return routes
}
