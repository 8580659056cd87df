import { createMiddleware } from 'hono/factory'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import type { Env } from '../env.ts'
import { unauthorized } from './errors.ts'

/** How far the clocks of a token's issuer and ours may be apart. */
const LEEWAY_SECONDS = 60

/** What the routes know of a request: whose it is. */
export type CallerEnv = { Bindings: Env; Variables: { userId: string } }

/**
 * Finds out who is calling, by `Authorization: Bearer` or else by `?access_token=` (RFC 6750, 2.1 and 2.3).
 * A missing secret is a fault of ours, and closes the door; anything wrong with the token is a 401.
 */
export const caller = createMiddleware<CallerEnv>(async (context, next) => {
  const secret = context.env.JWT_SECRET
  if (!secret)
    throw new Error('JWT_SECRET is not set: nobody can be let in. See the README, "Settings".')
  const token = tokenOf(context.req.header('Authorization'), context.req.query('access_token'))
  context.set('userId', userIdOf(await verified(token, secret)))
  await next()
})

function tokenOf(authorization: string | undefined, parameter: string | undefined): string {
  if (authorization === undefined) {
    if (parameter) return parameter
    throw unauthorized('A token is needed: "Authorization: Bearer <JWT>" or "?access_token=<JWT>".')
  }
  const token = /^Bearer +([^ ]+) *$/i.exec(authorization)?.[1]
  if (token) return token
  throw unauthorized('The Authorization header must read "Bearer <JWT>".')
}

async function verified(token: string, secret: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      clockTolerance: LEEWAY_SECONDS,
    })
    // jose compares `iat` with the clock only where a maximum age is asked for.
    if (payload.iat === undefined || payload.iat <= Date.now() / 1000 + LEEWAY_SECONDS)
      return payload
    throw unauthorized('The token is from the future: its "iat" lies ahead.')
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw unauthorized('The token has expired; get a new one.')
    if (error instanceof errors.JOSEError) {
      throw unauthorized(
        'The token does not hold: it must be a JWT, signed with HS256 for this service, with "exp".',
      )
    }
    throw error
  }
}

/** The first of the claims that is there decides: what it holds may be nobody, but it is never somebody else. */
function userIdOf(payload: JWTPayload): string {
  const name = ['user_id', 'user_uuid', 'sub'].find((claim) => Object.hasOwn(payload, claim))
  const id = name === undefined ? undefined : payload[name]
  if (typeof id === 'string' && id !== '') return id
  throw unauthorized('The token must name the user, as a text, in "user_id", "user_uuid" or "sub".')
}
