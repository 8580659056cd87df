import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { DEMO_USER } from './demo/demo-data.ts'
import { fillOnce } from './demo/fill-once.ts'
import { localSecret, SECRETS_FILE, tokenFor } from './token-for.ts'

/** A newcomer's one command: a database with demo data, a server, and links that work by a click. */

const PORT = process.env['PORT'] ?? '8787'
const EXPORTS = `http://localhost:${PORT}/api/v2/contacts/exports`
const START_SECONDS = 60

const madeLog = z.object({
  data: z.object({ id: z.string(), links: z.object({ csv: z.string(), xlsx: z.string() }) }),
})

/** Wrangler asks nothing, reports nothing and needs no network. */
const environment = {
  ...process.env,
  CI: 'true',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

await makeSecret()
applyMigrations()
await fillOnce()
await serve()

/** Never overwrites a secret that is there. */
async function makeSecret(): Promise<void> {
  const secrets = `JWT_SECRET=${randomBytes(32).toString('hex')}\n`
  await writeFile(SECRETS_FILE, secrets, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await localSecret()
}

function applyMigrations(): void {
  const { status } = spawnSync('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local'], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('The migrations could not be applied; wrangler says why above.')
}

async function serve(): Promise<void> {
  const server = spawn('wrangler', ['dev', '--ip', '127.0.0.1', '--port', PORT], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<number>((resolve) => {
    server.on('exit', (code) => resolve(code ?? 0))
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal))
  if (await answers(ended)) await sayHello()
  else console.error(`The server did not answer on port ${PORT}; wrangler says why above.`)
  process.exitCode = await ended
}

/** Whether the server answers, before it ends or the time is up. */
async function answers(ended: Promise<number>): Promise<boolean> {
  const over = Symbol('over')
  for (let second = 0; second < START_SECONDS; second += 1) {
    const answer = await Promise.race([
      fetch(EXPORTS, { method: 'POST' }).then(
        ({ status }) => status === 401,
        () => false,
      ),
      ended.then(() => over),
    ])
    if (answer === over) return false
    if (answer === true) return true
    await setTimeout(1000)
  }
  return false
}

async function sayHello(): Promise<void> {
  const token = await tokenFor(DEMO_USER)
  const filter = JSON.stringify({ status: 'active' })
  const body = JSON.stringify({ data: { type: 'export_logs', attributes: { params: { filter } } } })
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/vnd.api+json',
  }
  const response = await fetch(EXPORTS, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`The first export log failed: ${await response.text()}`)
  const { data } = madeLog.parse(await response.json())
  const options = Object.entries(headers).map(([name, value]) => `  -H '${name}: ${value}' \\\n`)
  console.log(`
A token for the demo user, good for a day:

  ${token}

Make an export log:

  curl '${EXPORTS}' \\
${options.join('')}  -d '${body}'

See it:

  curl '${EXPORTS}/${data.id}' \\
  -H 'Authorization: Bearer ${token}'

Its files, by a click, with links that need no token and end in a quarter of an hour:

  ${data.links.csv}

  ${data.links.xlsx}

The same with the token, as long as that is good:

  ${EXPORTS}/${data.id}.csv?access_token=${token}

  ${EXPORTS}/${data.id}.xlsx?access_token=${token}

The console, with the token handed over in its address, and the documentation:

  http://localhost:${PORT}/#token=${token}

  http://localhost:${PORT}/docs
`)
}
