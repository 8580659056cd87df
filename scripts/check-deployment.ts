import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { unstable_readConfig as readConfig } from 'wrangler'
import { z } from 'zod'

/** Fails when the environments are not alike, or the bundle is too large. Nothing leaves this machine. */

const MEBIBYTE = 1024 * 1024

const shape = z.object({
  d1_databases: z.array(z.object({ binding: z.string(), migrations_dir: z.string() })),
  r2_buckets: z.array(z.object({ binding: z.string() })),
  ratelimits: z.array(z.object({ name: z.string(), simple: z.unknown() })),
  vars: z.record(z.string(), z.unknown()),
})

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
  const config = readConfig({ config: 'wrangler.toml', ...(env !== undefined && { env }) })
  return shape.parse(config)
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
