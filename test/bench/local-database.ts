import { readdirSync, readFileSync } from 'node:fs'
import { getPlatformProxy } from 'wrangler'

/** A local D1, as `wrangler dev` with the same `--persist-to` sees it, with the migrations applied. */
export async function localDatabase(folder: string) {
  const { env, dispose } = await getPlatformProxy<{ DB: D1Database }>({
    persist: { path: `${folder}/v3` },
  })
  const tables = await env.DB.prepare(
    `SELECT count(*) FROM sqlite_master WHERE name = 'contacts'`,
  ).first('count(*)')
  if (tables === 0) {
    for (const file of readdirSync('migrations')
      .filter((name) => name.endsWith('.sql'))
      .toSorted()) {
      for (const statement of readFileSync(`migrations/${file}`, 'utf8').split(
        '--> statement-breakpoint',
      )) {
        await env.DB.prepare(statement).run()
      }
    }
  }
  return { database: env.DB, dispose }
}
