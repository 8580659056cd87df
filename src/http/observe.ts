import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { openDatabase } from '../db/client.ts'
import { logEvent } from '../log.ts'
import { countedStream } from './counted-stream.ts'
import type { RequestEnv } from './request.ts'

/**
 * One line in the log for each request, when the last byte of its answer has left: who, what, how it went, what it cost. The
 * route stands for the URL, which can hold a token.
 */
export const observe = createMiddleware<RequestEnv>(async (context, next) => {
  const startedAt = Date.now()
  const database = openDatabase(context.env.DB)
  context.set('requestId', context.req.header('CF-Ray') ?? crypto.randomUUID())
  context.set('startedAt', startedAt)
  context.set('database', database)
  await next()
  const { requestId, userId, file } = context.var
  const { status, headers, body } = context.res
  const told = {
    request_id: requestId,
    route: routePath(context),
    method: context.req.method,
    status,
    user_id: userId,
    file,
  }
  const tell = (bytes: number, isWhole: boolean) =>
    logEvent('request', {
      ...told,
      ...(!isWhole && { interrupted: true }),
      ms: Date.now() - startedAt,
      bytes,
      d1_queries: database.cost.queries,
      d1_rows_read: database.cost.rowsRead,
    })
  const length = headers.get('Content-Length')
  if (!body) tell(0, true)
  else if (length !== null) tell(Number(length), true)
  else context.res = new Response(countedStream(body, tell), context.res)
})
