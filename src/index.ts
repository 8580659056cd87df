import { app } from './app.ts'
import { openDatabase } from './db/client.ts'
import type { Env } from './env.ts'
import { sweep } from './storage/cleanup/sweep.ts'
import { logError } from './log.ts'
import { readSettings } from './settings/read-settings.ts'

export default {
  fetch: app.fetch,

  /**
   * Runs every 15 minutes (`wrangler.toml`). The runtime logs an error that is thrown here as it
   * is, so that it must not quote data.
   */
  async scheduled(_, env) {
    if (await hasSwept(env)) return
    throw new Error('The sweep failed. The previous line of the log says why.')
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
