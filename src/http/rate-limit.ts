import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import type { CallerEnv } from './caller.ts'
import { tooManyRequests } from './errors.ts'

/** The period of the limits in `wrangler.toml`. */
const PERIOD_SECONDS = 60

type Limited = 'LOG_LIMIT' | 'FILE_LIMIT'

/**
 * Counts one call of a user, by a binding that `wrangler.toml` sets up. `RATE_LIMITS=off` is for tests and benches.
 *
 * @throws HttpError 429
 */
export async function countCall(env: Env, limited: Limited, userId: string): Promise<void> {
  if (env.RATE_LIMITS === 'off') return
  const { success } = await env[limited].limit({ key: userId })
  if (!success) throw tooManyRequests(PERIOD_SECONDS)
}

/** Limits how many files a user has made, or looks at before. */
export const limitFiles = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'FILE_LIMIT', userId)
  await next()
})

/** Limits how many logs a user makes. */
export const limitLogs = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'LOG_LIMIT', userId)
  await next()
})
