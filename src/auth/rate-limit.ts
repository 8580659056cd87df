import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { CallerEnv, ReaderEnv, SyncEnv } from './authenticate.ts'
import { tooManyRequests } from '../http/errors.ts'

/** The period of the limits in `wrangler.toml`. */
const PERIOD_SECONDS = 60

type Limited = 'LOG_LIMIT' | 'FILE_LIMIT' | 'READ_LIMIT' | 'SYNC_LIMIT'

/** Whether limits apply. `RATE_LIMITS=off` is for tests and benches. */
export const isLimited = (env: Env): boolean => readSettings(env).rateLimits

/**
 * Counts one request of a user or a token with a binding of `wrangler.toml`.
 *
 * @throws HttpError 429
 */
export async function countCall(env: Env, limited: Limited, key: string): Promise<void> {
  if (!isLimited(env)) return
  const { success } = await env[limited].limit({ key })
  if (!success) throw tooManyRequests(PERIOD_SECONDS)
}

/** Limits the requests of a user for lists, previews and files. */
export const limitReads = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'READ_LIMIT', userId)
  await next()
})

/** Limits the logs that a user creates. */
export const limitLogs = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'LOG_LIMIT', userId)
  await next()
})

/** Limits the requests of a token to the sync API. */
export const limitSync = createMiddleware<SyncEnv>(async ({ env, var: { token } }, next) => {
  await countSync(env, token)
  await next()
})

/** Limits the requests of a user, or those of a token that may write. */
export const limitReaders = createMiddleware<ReaderEnv>(async ({ env, var: variables }, next) => {
  if (variables.grant) await countSync(env, variables.token)
  else await countCall(env, 'READ_LIMIT', variables.userId)
  await next()
})

/** Counts a token by its digest: the token itself stays here. */
const countSync = (env: Env, token: string) =>
  countCall(env, 'SYNC_LIMIT', createHash('sha256').update(token).digest('base64url'))
