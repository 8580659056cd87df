import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { logError } from '../log.ts'
import type { RequestEnv } from './request.ts'
import { signingSecrets } from './signing-secrets.ts'

/**
 * Whether the service can do its work: D1 and R2 answer, and there is a secret. Which of them is at fault stands in the log
 * alone.
 */
export async function health(context: Context<RequestEnv>): Promise<Response> {
  const isUp = await canWork(context)
  return Response.json(
    { status: isUp ? 'up' : 'down' },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

async function canWork({ env, var: { database, requestId } }: Context<RequestEnv>) {
  try {
    signingSecrets(env)
    await Promise.all([database.run(sql`select 1`), env.FILES.head('health')])
    return true
  } catch (error) {
    logError('unhealthy', error, { request_id: requestId })
    return false
  }
}
