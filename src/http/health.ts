import type { Context } from 'hono'
import { sql } from 'drizzle-orm'
import { logError } from '../log.ts'
import type { RequestEnv } from './request.ts'
import { signingSecrets } from './signing-secrets.ts'

/** Whether the service can do its work: D1 and R2 answer and there is a secret. It tells nobody which of them does not. */
export async function health({ env, var: { database, requestId } }: Context<RequestEnv>) {
  const isUp = await Promise.all([
    database.run(sql`select 1`),
    env.FILES.head('health'),
    signingSecrets(env),
  ]).then(
    () => true,
    (error: unknown) => {
      logError('unhealthy', error, { request_id: requestId })
      return false
    },
  )
  return Response.json(
    { status: isUp ? 'up' : 'down' },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
