import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import * as z from 'zod'
import { DEMO_USER } from './demo/demo-user.ts'
import { sendDemo } from './demo/send-demo.ts'
import { moveOldState } from './start/move-old-state.ts'
import { freePort } from './start/free-port.ts'
import { runGroup, type RunningGroup } from './start/run-group.ts'
import { localSecret, SECRETS_FILE, tokenFor } from './token-for.ts'

/**
 * `npm start`: makes a local database with demo data, starts a server, and prints links to open.
 */

const START_MILLISECONDS = 120_000
const PARENT_MILLISECONDS = 500

const madeLog = z.object({
  data: z.object({
    id: z.string(),
    links: z.object({ csv: z.string(), xlsx: z.string(), pdf: z.string() }),
  }),
})

/** What runs at the moment: it ends with this process. */
let running: RunningGroup | undefined
let isStopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
for (const stream of [process.stdout, process.stderr]) stream.on('error', stopWithReader)
stopWithParent()

try {
  const port = await freePort(process.env['PORT'])
  await makeSecret()
  const place = moveOldState(new Date())
  if (place) console.log(`The local data was of an earlier version: it is in ${place} now.`)
  console.log('Starting: a local database with demo data, and the server …')
  await finished('wrangler', ['d1', 'migrations', 'apply', 'DB', '--local'])
  process.exitCode = await serve(port)
} catch (error) {
  if (!isStopping) console.error(error instanceof Error ? error.message : error)
  await running?.end()
  process.exitCode = isStopping ? 0 : 1
}
process.exit()

function stop(): void {
  isStopping = true
  void running?.end()
}

/** A reader that has ended, as in `npm start | head`, is no fault. */
function stopWithReader(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
  stop()
}

/** npm passes no signal on when it is killed. */
function stopWithParent(): void {
  const parent = process.ppid
  const watch = () => {
    if (process.ppid !== parent) stop()
  }
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(watch, PARENT_MILLISECONDS).unref()
  }
}

/** Never overwrites a secret that is there. */
async function makeSecret(): Promise<void> {
  const secrets = `JWT_SECRET=${randomBytes(32).toString('hex')}\n`
  await writeFile(SECRETS_FILE, secrets, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await localSecret()
}

function run(command: string, words: readonly string[]): RunningGroup {
  if (isStopping) throw new Error('Stopped.')
  running = runGroup(command, words)
  return running
}

/** Runs a command to its end. Its output is shown only when it fails. */
async function finished(command: string, words: readonly string[]): Promise<void> {
  const { exited, output } = run(command, words)
  if ((await exited) !== 0) throw new Error(`${output()}\nThe local database could not be made.`)
}

/** Serves until it is stopped. @returns the exit code */
async function serve(port: number): Promise<number> {
  const place = ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0']
  const server = run('wrangler', ['dev', ...place])
  if (!(await isReady(server))) {
    throw new Error(`${server.output()}\nThe server did not start on port ${port}.`)
  }
  await sendDemo(`http://127.0.0.1:${port}`)
  await printWelcome(port)
  server.show()
  const code = await server.exited
  return isStopping ? 0 : code
}

/** Whether it serves, before it ends or the time is up. */
function isReady({ exited, onOutput, output }: RunningGroup): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), START_MILLISECONDS)
    onOutput(() => {
      if (!/Ready on http/.test(output())) return
      clearTimeout(timer)
      resolve(true)
    })
    void exited.then(() => resolve(false))
  })
}

async function printWelcome(port: number): Promise<void> {
  const origin = `http://localhost:${port}`
  const exports = `${origin}/api/v2/contacts/exports`
  const token = await tokenFor(DEMO_USER)
  const filter = JSON.stringify({ status: 'active' })
  const response = await fetch(exports, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' },
    body: JSON.stringify({ data: { type: 'export_logs', attributes: { params: { filter } } } }),
  })
  if (!response.ok) throw new Error(`The first export failed: ${await response.text()}`)
  const { links } = madeLog.parse(await response.json()).data
  console.log(`
Console, signed in: ${origin}/#token=${token}
Documentation:      ${origin}/docs
Files by a click:   ${links.csv}
(for 15 minutes)    ${links.xlsx}
                    ${links.pdf}

The token of the demo's user, ${DEMO_USER}, valid for a day:

export TOKEN=${token}
curl -gOJ '${exports}.csv?filter[status]=active' -H "Authorization: Bearer $TOKEN"

Ctrl-C stops the server; its log follows.
`)
}
