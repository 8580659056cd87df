import { createMiddleware } from 'hono/factory'
import type { Env } from '../env.ts'
import type { CallerEnv } from './authenticate.ts'
import { tooManyRequests } from '../http/errors.ts'

/** The period of the limits in `wrangler.toml`. */
const PERIOD_SECONDS = 60

type Limited = 'LOG_LIMIT' | 'FILE_LIMIT' | 'READ_LIMIT'

/** Whether limits hold at all. `RATE_LIMITS=off` is for tests and benches. */
export const isLimited = (env: Env): boolean => env.RATE_LIMITS !== 'off'

/**
 * Counts one call of a user, by a binding that `wrangler.toml` sets up.
 *
 * @throws HttpError 429
 */
export async function countCall(env: Env, limited: Limited, userId: string): Promise<void> {
  if (!isLimited(env)) return
  const { success } = await env[limited].limit({ key: userId })
  if (!success) throw tooManyRequests(PERIOD_SECONDS)
}

/** Limits how often a user looks: at lists, previews and files, kept or not. */
export const limitReads = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'READ_LIMIT', userId)
  await next()
})

/** Limits how many logs a user makes. */
export const limitLogs = createMiddleware<CallerEnv>(async ({ env, var: { userId } }, next) => {
  await countCall(env, 'LOG_LIMIT', userId)
  await next()
})
