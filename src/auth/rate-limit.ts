import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { CallerEnv } from './authenticate.ts'
import { tooManyRequests } from '../http/errors.ts'

/** The period of the limits in `wrangler.toml`. */
const PERIOD_SECONDS = 60

type Limited = 'LOG_LIMIT' | 'FILE_LIMIT' | 'READ_LIMIT'

/** Whether limits apply. `RATE_LIMITS=off` is for tests and benches. */
export const isLimited = (env: Env): boolean => readSettings(env).rateLimits

/**
 * Counts one request of a user with a binding of `wrangler.toml`.
 *
 * @throws HttpError 429
 */
export async function countCall(env: Env, limited: Limited, userId: string): Promise<void> {
  if (!isLimited(env)) return
  const { success } = await env[limited].limit({ key: userId })
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
