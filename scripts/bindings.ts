import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import * as z from 'zod'
import type { Env } from '../src/env.ts'

/** The name of the Worker, its database and its bucket in production. */
const NAME = 'contact-exports'

type Bindings = {
  readonly env: Pick<Env, 'DB' | 'FILES'>
  readonly dispose: () => Promise<void>
}

/** The database and the bucket: those of the local run, or those of production. */
export const openBindings = (remote: boolean): Promise<Bindings> =>
  remote ? openRemoteBindings() : getPlatformProxy<Bindings['env']>()

/** The bindings of production. `wrangler login` or an API token decides who may use them. */
async function openRemoteBindings(): Promise<Bindings> {
  const folder = mkdtempSync(join(tmpdir(), 'bindings-'))
  try {
    const configPath = join(folder, 'wrangler.json')
    const configuration = {
      name: NAME,
      compatibility_date: '2026-11-01',
      d1_databases: [{ binding: 'DB', database_id: idOfDatabase(), remote: true }],
      r2_buckets: [{ binding: 'FILES', bucket_name: NAME, remote: true }],
    }
    writeFileSync(configPath, JSON.stringify(configuration))
    return await getPlatformProxy<Bindings['env']>({ configPath, persist: false })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The first deployment made the database: only Cloudflare knows its id. */
function idOfDatabase(): string {
  const info = execFileSync('wrangler', ['d1', 'info', NAME, '--json'], { encoding: 'utf8' })
  return z.object({ uuid: z.string() }).parse(JSON.parse(info)).uuid
}
