import { Hono } from 'hono'
import type { Env } from './env.ts'
import { exportRoutes } from './exports/routes.ts'
import { HttpError, internalServerError, notFound } from './http/errors.ts'
import { errorResponse } from './http/json-api.ts'
import { logError } from './log.ts'

/** Where the exports live, as in MPDX. */
const EXPORTS_PATH = '/api/v2/contacts/exports'

export const app = new Hono<{ Bindings: Env }>()

app.route(EXPORTS_PATH, exportRoutes)

app.notFound(() =>
  errorResponse(
    notFound({ detail: `There is nothing at this path; exports are at ${EXPORTS_PATH}.` }),
  ),
)

app.onError((error, context) => {
  if (error instanceof HttpError) return errorResponse(error)
  const requestId = context.req.header('CF-Ray') ?? crypto.randomUUID()
  logError('request_failed', error, { request_id: requestId })
  return errorResponse(internalServerError(requestId))
})
