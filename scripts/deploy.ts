import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { optionalSecret } from '../src/settings/secret.ts'

/**
 * Deploys the Worker to the account that wrangler is logged in to: `npm run deploy`, or `npm run
 * deploy -- staging`. The first deployment creates the Worker, its database and its bucket, and
 * needs the secret: without it the Worker refuses every token. Later deployments apply migrations
 * first, so that the code finds the tables it needs. A secret that the Worker would refuse is
 * refused here, before anything is changed.
 */

const ENVIRONMENTS = ['production', 'staging']

const secrets = z.array(z.object({ name: z.string() }))

const [environment = 'production'] = process.argv.slice(2)
if (!ENVIRONMENTS.includes(environment)) {
  stop(`There is no environment '${environment}'. Use ${ENVIRONMENTS.join(' or ')}.`)
}
const argument = environment === 'production' ? '' : ` -- ${environment}`
const HOW_TO_SET = `Without a valid secret the Worker refuses every token. Nothing has been
deployed. Set the secret once, and keep it where your tokens are signed:

  JWT_SECRET=$(openssl rand -hex 32) npm run deploy${argument}`

const given = givenSecret()
const names = secretNames()
const isFirst = names === undefined
if (names?.includes('JWT_SECRET')) {
  migrate()
  wrangler('deploy')
} else {
  if (given === undefined) stop(`JWT_SECRET is not set. ${HOW_TO_SET}`)
  if (!isFirst) migrate()
  deployWith(given)
  if (isFirst) migrate()
}

/** The names of the Worker's secrets; `undefined` as long as there is no Worker. */
function secretNames(): readonly string[] | undefined {
  const { status, stdout, stderr } = spawnSync(
    'wrangler',
    ['secret', 'list', '--format', 'json', '--env', environment],
    { encoding: 'utf8', stdio: ['inherit', 'pipe', 'pipe'] },
  )
  if (status === 0) return secrets.parse(JSON.parse(stdout)).map(({ name }) => name)
  if (/Worker ".*" .*not found/s.test(stdout + stderr)) return undefined
  return stop(`Wrangler cannot tell which secrets there are:\n${stdout}${stderr}`)
}

/** The secret in the environment of this process, for a Worker that has none yet. */
function givenSecret(): string | undefined {
  const { data, error } = optionalSecret('JWT_SECRET').safeParse(process.env['JWT_SECRET'])
  if (error) stop(`${error.issues.map(({ message }) => message).join(' ')} ${HOW_TO_SET}`)
  return data
}

/** Secrets go by a file that only its owner can read, and that is gone afterwards. */
function deployWith(secret: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'))
  const file = join(folder, 'secrets.json')
  try {
    writeFileSync(file, JSON.stringify({ JWT_SECRET: secret }), { mode: 0o600 })
    wrangler('deploy', '--secrets-file', file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function migrate(): void {
  wrangler('d1', 'migrations', 'apply', 'DB', '--remote')
}

function wrangler(...command: readonly string[]): void {
  const { status } = spawnSync('wrangler', [...command, '--env', environment], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`wrangler ${command[0]} has failed; it says why above.`)
}

function stop(reason: string): never {
  console.error(reason)
  process.exit(1)
}
