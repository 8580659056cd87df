import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { openDatabase } from '../db/client.ts'
import { logEvent } from '../log.ts'
import { countBytes } from '../streams/count-bytes.ts'
import { pipeAndCount } from '../streams/pipe-and-count.ts'
import type { RequestEnv } from './request-env.ts'

/**
 * Logs each request when the last byte of its response has left: user, route, status, cost. It logs
 * the route instead of the URL, which can contain a token.
 */
export const requestLog = createMiddleware<RequestEnv>(async (context, next) => {
  const startedAt = Date.now()
  const requestId = requestIdOf(context.req.header('CF-Ray'))
  context.set('requestId', requestId)
  context.set('startedAt', startedAt)
  const database = openDatabase(context.env.DB)
  context.set('database', database)
  await next()
  const { userId, file } = context.var
  const { method } = context.req
  const { status, headers, body } = context.res
  const facts = {
    request_id: requestId,
    route: routePath(context),
    method,
    status,
    user_id: userId,
    file,
  }
  const { sent } = context.var
  const ended = (isComplete: boolean, bytes: number) => {
    sent?.(isComplete, bytes)
    logEvent('request', {
      ...facts,
      ...(!isComplete && { interrupted: true }),
      ms: Date.now() - startedAt,
      bytes,
      d1_queries: database.cost.queries,
      d1_rows_read: database.cost.rowsRead,
    })
  }
  const length = headers.get('Content-Length')
  if (!body || method === 'HEAD') ended(true, 0)
  else if (length === null) context.res = new Response(countBytes(body, ended), context.res)
  else {
    const { readable, writable } = new FixedLengthStream(Number(length))
    context.res = new Response(readable, context.res)
    context.executionCtx.waitUntil(pipeAndCount(body, writable, ended))
  }
})

/** Cloudflare's id of the request. A request that has none gets one. */
const requestIdOf = (ray = ''): string => (/^[\w-]{1,64}$/.test(ray) ? ray : crypto.randomUUID())
