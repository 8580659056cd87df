import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { unstable_readConfig as readConfig } from 'wrangler'
import * as z from 'zod'
import { readSettings } from '../src/settings/read-settings.ts'

/**
 * Fails when the environments differ, a variable is invalid, production is reachable by another way than its own domain, or
 * the bundle is too large. Nothing leaves this machine.
 */

const MEBIBYTE = 1024 * 1024

/** Stands for the secret of the Worker, which is not in `wrangler.toml`. */
const SECRET = 'x'.repeat(32)

const shape = z.object({
  d1_databases: z.array(z.object({ binding: z.string(), migrations_dir: z.string() })),
  r2_buckets: z.array(z.object({ binding: z.string() })),
  ratelimits: z.array(z.object({ name: z.string(), simple: z.unknown() })),
  vars: z.record(z.string(), z.unknown()),
})

const { workers_dev, preview_urls } = configOf('production')
if (workers_dev !== false || preview_urls !== false) {
  throw new Error('In wrangler.toml, [env.production] must turn workers_dev and preview_urls off.')
}
const local = shapeOf()
for (const environment of ['staging', 'production']) {
  if (!isDeepStrictEqual(shapeOf(environment), local)) {
    throw new Error(
      `In wrangler.toml, [env.${environment}] has other bindings, limits or variables than the top. Wrangler inherits none.`,
    )
  }
  const bytes = bundleSize(environment)
  console.log(`The bundle of ${environment} has ${(bytes / 1024).toFixed(1)} KiB gzipped.`)
  if (bytes >= MEBIBYTE) throw new Error('The bundle must stay below 1 MiB gzipped.')
}

/** What the code finds in an environment, whatever the names of its resources. */
function shapeOf(env?: string) {
  const config = configOf(env)
  readSettings({ ...config.vars, JWT_SECRET: SECRET })
  return shape.parse(config)
}

function configOf(env?: string) {
  return readConfig({ config: 'wrangler.toml', ...(env !== undefined && { env }) })
}

function bundleSize(environment: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  try {
    const { status, stdout, stderr } = spawnSync(
      'wrangler',
      ['deploy', '--dry-run', '--env', environment, '--outdir', folder],
      { encoding: 'utf8', env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' } },
    )
    if (status !== 0) throw new Error(`The dry run has failed:\n${stdout}${stderr}`)
    const modules = readdirSync(folder).filter((file) => !/\.map$|^README/.test(file))
    return gzipSync(Buffer.concat(modules.map((file) => readFileSync(join(folder, file))))).length
  } finally {
    rmSync(folder, { recursive: true })
  }
}
