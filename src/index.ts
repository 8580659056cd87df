import { app } from './app.ts'
import { openDatabase } from './db/client.ts'
import type { Env } from './env.ts'
import { sweep } from './files/sweep.ts'
import { wholeNumber } from './settings.ts'

const RETENTION_DAYS = 30

export default {
  fetch: app.fetch,

  /** Once a day, as `wrangler.toml` says. */
  async scheduled(_, env) {
    const days = wholeNumber('FILE_RETENTION_DAYS', env.FILE_RETENTION_DAYS, RETENTION_DAYS)
    await sweep(openDatabase(env.DB), env.FILES, days)
  },
} satisfies ExportedHandler<Env>
