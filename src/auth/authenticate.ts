import { createMiddleware } from 'hono/factory'
import type { JWTPayload } from 'jose'
import { readSettings } from '../settings/read-settings.ts'
import { unauthorized } from '../http/errors.ts'
import type { RequestEnv } from '../http/request-env.ts'
import { canonicalUserId } from './canonical-user-id.ts'
import { verifyToken } from './verify-token.ts'

/** What the routes know of a request: whose it is. */
export type CallerEnv = RequestEnv & { Variables: { readonly userId: string } }

/**
 * Finds out who is calling, by `Authorization: Bearer` or else by `?access_token=` (RFC 6750, 2.1 and 2.3).
 * A setting that is missing or wrong is a fault of ours, and closes the door; anything wrong with the token is a 401.
 */
export const authenticate = createMiddleware<CallerEnv>(async (context, next) => {
  const settings = readSettings(context.env)
  const parameter = settings.allowQueryToken ? context.req.query('access_token') : undefined
  const token = tokenOf(context.req.header('Authorization'), parameter, settings.allowQueryToken)
  const claims = await verifyToken(token, settings, (promise) =>
    context.executionCtx.waitUntil(promise),
  )
  context.set('userId', userIdOf(claims))
  await next()
})

function tokenOf(
  authorization: string | undefined,
  parameter: string | undefined,
  inQuery: boolean,
): string {
  if (authorization === undefined) {
    if (parameter) return parameter
    const query = inQuery ? ' or "?access_token=<JWT>"' : ''
    throw unauthorized(`A token is needed: "Authorization: Bearer <JWT>"${query}.`)
  }
  const token = /^Bearer +([^ ]+) *$/i.exec(authorization)?.[1]
  if (token) return token
  throw unauthorized('The Authorization header must read "Bearer <JWT>".')
}

/** The first of the claims that is there decides: what it holds may be nobody, but it is never somebody else. */
function userIdOf(payload: JWTPayload): string {
  const name = ['user_id', 'user_uuid', 'sub'].find((claim) => Object.hasOwn(payload, claim))
  const id = name === undefined ? undefined : payload[name]
  if (typeof id === 'string' && id !== '') return canonicalUserId(id)
  throw unauthorized('The token must name the user, as a text, in "user_id", "user_uuid" or "sub".')
}
