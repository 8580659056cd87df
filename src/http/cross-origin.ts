import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { readAllowedOrigins } from '../settings/read-settings.ts'

const DAY_SECONDS = 86_400

/**
 * Lets pages of the origins in `ALLOWED_ORIGINS` call (Fetch standard, CORS protocol). Other
 * origins get no header. A preflight request needs no token.
 */
export const crossOrigin = createMiddleware<{ Bindings: Env }>(async (context, next) => {
  const origin = context.req.header('Origin')
  const allowed = readAllowedOrigins(context.env)
  if (origin && (allowed.has('*') || allowed.has(origin))) {
    return allowedOrigin(context, next)
  }
  await next()
  context.header('Vary', 'Origin', { append: true })
  return undefined
})

/** The response headers that a page of an allowed origin may read. */
export const exposedHeaders = [
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'Accept-Ranges',
  'ETag',
  'Link',
  'Location',
  'Repr-Digest',
  'Retry-After',
] as const

/** For an allowed origin. It adds `Vary` itself. */
const allowedOrigin = cors({
  origin: (origin) => origin,
  allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  allowHeaders: ['Authorization', 'Content-Type', 'Range', 'If-None-Match', 'If-Range'],
  exposeHeaders: [...exposedHeaders],
  maxAge: DAY_SECONDS,
})
