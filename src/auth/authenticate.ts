import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { readSettings } from '../settings/read-settings.ts'
import { insufficientScope, unauthorized } from '../http/errors.ts'
import type { RequestEnv } from '../http/request-env.ts'
import { isForSyncOnly, syncGrantOf, userIdOf, type SyncGrant } from './token-claims.ts'
import { verifyToken } from './verify-token.ts'

/** The environment of a request whose user is known. */
export type CallerEnv = RequestEnv & { Variables: { readonly userId: string } }

/** The environment of a request of the sync API. */
export type SyncEnv = RequestEnv & {
  Variables: {
    readonly userId: string
    /** Never in a log line. */
    readonly token: string
    readonly grant: SyncGrant
  }
}

/** The environment of a request that users as well as senders may make. */
export type ReaderEnv = RequestEnv & {
  Variables: {
    readonly userId: string
    readonly token: string
    /** Of a token that may write. */
    readonly grant: SyncGrant | undefined
  }
}

/**
 * Authenticates a request by `Authorization: Bearer`, or else by `?access_token=` (RFC 6750, 2.1
 * and 2.3). An invalid token is a 401, and one that is for the sync API only is a 403. An invalid
 * setting is a 500, whatever the token.
 */
export const authenticate = createMiddleware<CallerEnv>(async (context, next) => {
  const { claims } = await verifiedToken(context, readSettings(context.env).allowQueryToken)
  const userId = userIdOf(claims)
  if (isForSyncOnly(claims)) {
    throw insufficientScope('A token whose only scope is "sync" does not read exports.')
  }
  context.set('userId', userId)
  await next()
})

/**
 * Authenticates a request of the sync API: by the header only, because a URL with a token that may
 * write must not end up in a history or a log. A token without the scope `sync` is a 403.
 */
export const authenticateSync = createMiddleware<SyncEnv>(async (context, next) => {
  const { token, claims } = await verifiedToken(context, false)
  const userId = userIdOf(claims)
  const grant = syncGrantOf(claims)
  if (!grant) throw insufficientScope('The token needs the scope "sync".')
  context.set('userId', userId)
  context.set('token', token)
  context.set('grant', grant)
  await next()
})

/** Authenticates a user, as {@link authenticate} does, or a sender with the scope `sync`. */
export const authenticateReader = createMiddleware<ReaderEnv>(async (context, next) => {
  const { token, claims, isInQuery } = await verifiedToken(
    context,
    readSettings(context.env).allowQueryToken,
  )
  const userId = userIdOf(claims)
  const grant = syncGrantOf(claims)
  if (grant && isInQuery) {
    throw unauthorized('A token with the scope "sync" must be in the Authorization header.')
  }
  context.set('userId', userId)
  context.set('token', token)
  context.set('grant', grant)
  await next()
})

async function verifiedToken(
  { req, env, executionCtx }: Pick<Context<RequestEnv>, 'req' | 'env' | 'executionCtx'>,
  mayBeInQuery: boolean,
) {
  const authorization = req.header('Authorization')
  const parameter = mayBeInQuery ? req.query('access_token') : undefined
  const token = tokenOf(authorization, parameter, mayBeInQuery)
  const claims = await verifyToken(token, readSettings(env), (promise) =>
    executionCtx.waitUntil(promise),
  )
  return { token, claims, isInQuery: authorization === undefined }
}

function tokenOf(
  authorization: string | undefined,
  parameter: string | undefined,
  mayBeInQuery: boolean,
): string {
  if (authorization === undefined) {
    if (parameter) return parameter
    const query = mayBeInQuery ? ' or "?access_token=<JWT>"' : ''
    throw unauthorized(`A token is needed: "Authorization: Bearer <JWT>"${query}.`)
  }
  const token = /^Bearer +([^ ]+) *$/i.exec(authorization)?.[1]
  if (token) return token
  throw unauthorized('The Authorization header must read "Bearer <JWT>".')
}
