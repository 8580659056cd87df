import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { logError } from '../log.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { RequestEnv } from './request-env.ts'

/**
 * Whether the service works: D1 and R2 respond, and all settings are valid. The reason of a failure
 * is in the log only.
 */
export async function health(context: Context<RequestEnv>): Promise<Response> {
  const isUp = await isHealthy(context)
  return Response.json(
    { status: isUp ? 'up' : 'down' },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

async function isHealthy({ env, var: { database, requestId } }: Context<RequestEnv>) {
  try {
    readSettings(env)
    await Promise.all([database.run(sql`select 1`), env.FILES.head('health')])
    return true
  } catch (error) {
    logError('unhealthy', error, { request_id: requestId })
    return false
  }
}
