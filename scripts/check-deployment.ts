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
 * Fails when the environments differ, a variable is invalid, production is reachable other than by
 * its own domain, or the bundle is too large. It prints the size of the bundle and the time of a
 * start. Nothing leaves this machine.
 */

const KIBIBYTE = 1024

/**
 * With room for a feature, but not for the locales that a named import of zod brings along. HarfBuzz
 * is 175 of them.
 */
const MAXIMUM_KIBIBYTES = 480

/** The time varies with the load of the machine: the least of some runs is the closest. */
const STARTS = 3

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
      `In wrangler.toml, [env.${environment}] must have the same bindings, limits and variables ` +
        'as the top level. Wrangler inherits none.',
    )
  }
  const kibibytes = bundleBytes(environment) / KIBIBYTE
  console.log(`The bundle of ${environment} has ${kibibytes.toFixed(1)} KiB gzipped.`)
  if (kibibytes >= MAXIMUM_KIBIBYTES) {
    throw new Error(`The bundle must stay below ${MAXIMUM_KIBIBYTES} KiB gzipped.`)
  }
}
const startTime = startMilliseconds()
console.log(
  startTime === undefined
    ? 'The time of a start could not be measured.'
    : `A start of the Worker takes ${startTime} ms of this machine's CPU.`,
)

/** What the code finds in an environment, whatever the names of its resources. */
function shapeOf(env?: string) {
  const config = configOf(env)
  readSettings({ ...config.vars, JWT_SECRET: SECRET })
  return shape.parse(config)
}

function configOf(env?: string) {
  return readConfig({ config: 'wrangler.toml', ...(env !== undefined && { env }) })
}

function bundleBytes(environment: string): number {
  return inTemporaryFolder((folder) => {
    wrangler('deploy', '--dry-run', '--env', environment, '--outdir', folder)
    const modules = readdirSync(folder).filter((file) => !/\.map$|^README/.test(file))
    return gzipSync(Buffer.concat(modules.map((file) => readFileSync(join(folder, file))))).length
  })
}

/** How long a start keeps the CPU active; `undefined` where wrangler cannot tell. */
function startMilliseconds(): number | undefined {
  const times = Array.from({ length: STARTS }, () => inTemporaryFolder(profiledMilliseconds))
  const least = Math.min(...times.flatMap((time) => time ?? []))
  return least === Infinity ? undefined : least
}

/** A profile that fails says nothing about the deployment: it must not stop one. */
function profiledMilliseconds(folder: string): number | undefined {
  const profile = join(folder, 'start.cpuprofile')
  try {
    const output = wrangler('check', 'startup', '--env', 'production', '--outfile', profile)
    const [, milliseconds] = /Active: ([\d.]+) ms/.exec(output) ?? []
    return milliseconds === undefined ? undefined : Number(milliseconds)
  } catch {
    return undefined
  }
}

function inTemporaryFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @returns what it prints */
function wrangler(...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('wrangler', command, {
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' },
  })
  if (status !== 0) throw new Error(`wrangler ${command.join(' ')} failed:\n${stdout}${stderr}`)
  return stdout
}
