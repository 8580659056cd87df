import { app } from './app.ts'
import { openDatabase } from './db/client.ts'
import type { Env } from './env.ts'
import { sweep } from './files/sweep.ts'
import { logError } from './log.ts'
import { wholeNumber } from './settings.ts'

const RETENTION_DAYS = 30

export default {
  fetch: app.fetch,

  /** Once a day, as `wrangler.toml` says. What fails here, the runtime writes down as it is: it must quote nothing. */
  async scheduled(_, env) {
    if (await hasSwept(env)) return
    throw new Error('The sweep failed: the line in the log before this one says why.')
  },
} satisfies ExportedHandler<Env>

async function hasSwept(env: Env): Promise<boolean> {
  try {
    const days = wholeNumber('FILE_RETENTION_DAYS', env.FILE_RETENTION_DAYS, RETENTION_DAYS)
    await sweep(openDatabase(env.DB), env.FILES, days)
    return true
  } catch (error) {
    logError('sweep_failed', error)
    return false
  }
}
