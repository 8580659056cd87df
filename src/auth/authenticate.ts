import { createMiddleware } from 'hono/factory'
import type { JWTPayload } from 'jose'
import { readSettings } from '../settings/read-settings.ts'
import { unauthorized } from '../http/errors.ts'
import type { RequestEnv } from '../http/request-env.ts'
import { canonicalUserId } from './canonical-user-id.ts'
import { verifyToken } from './verify-token.ts'

/** The environment of a request whose user is known. */
export type CallerEnv = RequestEnv & { Variables: { readonly userId: string } }

/**
 * Authenticates a request by `Authorization: Bearer`, or else by `?access_token=` (RFC 6750, 2.1
 * and 2.3). An invalid token is a 401. An invalid setting is a 500, whatever the token.
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

/** The first claim that exists decides, even when its value is invalid. */
function userIdOf(payload: JWTPayload): string {
  const name = ['user_id', 'user_uuid', 'sub'].find((claim) => Object.hasOwn(payload, claim))
  const id = name === undefined ? undefined : payload[name]
  if (typeof id === 'string' && id !== '') return canonicalUserId(id)
  throw unauthorized(
    'The token is invalid: "user_id", "user_uuid" or "sub" must be the id of the user, as a text.',
  )
}
