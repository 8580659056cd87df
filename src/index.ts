import { app } from './app.ts'
import { openDatabase } from './db/client.ts'
import type { Env } from './env.ts'
import { sweep } from './storage/cleanup/sweep.ts'
import { logError } from './log.ts'
import { readSettings } from './settings/read-settings.ts'

export default {
  fetch: app.fetch,

  /** Every 15 minutes, as `wrangler.toml` says. What fails here, the runtime logs as it is: it must quote nothing. */
  async scheduled(_, env) {
    if (await hasSwept(env)) return
    throw new Error('The sweep failed: the line in the log before this one says why.')
  },
} satisfies ExportedHandler<Env>

async function hasSwept(env: Env): Promise<boolean> {
  try {
    await sweep(openDatabase(env.DB), env.FILES, readSettings(env))
    return true
  } catch (error) {
    logError('sweep_failed', error)
    return false
  }
}
