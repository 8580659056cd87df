import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { SignJWT, type JWTPayload } from 'jose'
import * as z from 'zod'

const SECRET = 'a secret that only benches know, of some length'
const START_SECONDS = 60

const exportLine = z.object({
  event: z.literal('export'),
  id: z.string(),
  source: z.enum(['made', 'kept']),
  rows: z.number(),
  bytes: z.number(),
  d1_queries: z.number(),
  d1_rows_read: z.number(),
})

/** What the log tells of a file. */
type ExportLine = z.infer<typeof exportLine>

const syncLine = z.object({
  event: z.literal('sync'),
  run: z.string(),
  d1_queries: z.number(),
  d1_rows_written: z.number(),
})

/** What the log tells of a run of the sync API. */
type SyncLine = z.infer<typeof syncLine>

const callsLine = z.object({
  event: z.literal('calls'),
  path: z.string(),
  before_contacts: z.number(),
  before_last_byte: z.number(),
  in_all: z.number(),
})

/** How many calls to D1 and R2 a response took, one after another: see `delayed-worker.ts`. */
type CallsLine = z.infer<typeof callsLine>

export type Server = {
  readonly origin: string
  readonly tokenOf: (userId: string) => Promise<string>
  /** The line that the log has on a file; it is waited for, for some seconds. */
  readonly lineOf: (
    id: string,
    source: ExportLine['source'],
    seconds?: number,
  ) => Promise<ExportLine>
  /** The line that the log has on a run of the sync API. */
  readonly runOf: (id: string) => Promise<SyncLine>
  readonly syncToken: () => Promise<string>
  /** The last line on the calls of a path. */
  readonly callsOf: (path: string) => Promise<CallsLine>
  /** The memory of all its processes, in bytes. */
  readonly memory: () => number
  readonly stop: () => Promise<void>
}

type ServerOptions = {
  /** A cap on each isolate's heap. */
  readonly heapMegabytes?: number
  /** Where its inspector listens; anywhere without it. */
  readonly inspectorPort?: number
  /** Whether limits hold. */
  readonly limits?: 'on' | 'off'
  /** A Worker of the bench, in place of the service. */
  readonly worker?: 'delayed-worker.ts' | 'bare-worker.ts'
}

/** `wrangler dev` over a local D1 and R2, as `npm start` runs it. */
export async function serve(
  folder: string,
  port: number,
  { heapMegabytes, inspectorPort = 0, limits = 'off', worker }: ServerOptions = {},
): Promise<Server> {
  const origin = `http://127.0.0.1:${port}`
  const values = ['--ip', '127.0.0.1', '--port', String(port), '--persist-to', folder]
  if (worker !== undefined) values.unshift(join(import.meta.dirname, worker))
  if (inspectorPort > 0) values.push('--inspector-port', String(inspectorPort))
  const variables = [`JWT_SECRET:${SECRET}`, `RATE_LIMITS:${limits}`].flatMap((text) => [
    '--var',
    text,
  ])
  const server = spawn('wrangler', ['dev', ...values, ...variables], {
    env: {
      ...process.env,
      CI: 'true',
      WRANGLER_SEND_METRICS: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      ...(heapMegabytes !== undefined && {
        MINIFLARE_WORKERD_V8_FLAGS: `--max-heap-size=${heapMegabytes}`,
      }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: ExportLine[] = []
  const callsLines: CallsLine[] = []
  const syncLines: SyncLine[] = []
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (line.startsWith('{"event":"export"')) lines.push(exportLine.parse(JSON.parse(line)))
    if (line.startsWith('{"event":"sync"')) syncLines.push(syncLine.parse(JSON.parse(line)))
    if (line.startsWith('{"event":"calls"')) callsLines.push(callsLine.parse(JSON.parse(line)))
  })
  await answered(`${origin}/api/v2/contacts/exports`)
  return {
    origin,
    tokenOf: (userId) => signed({ user_id: userId }),
    syncToken: () => signed({ sub: 'a sender', scope: 'sync' }),
    runOf: (id) => waitFor(() => syncLines.find((one) => one.run === id), 5),
    lineOf: (id, source, seconds = 5) =>
      waitFor(() => lines.find((one) => one.id === id && one.source === source), seconds),
    callsOf: (path) => waitFor(() => callsLines.findLast((one) => one.path === path), 5),
    memory: () => (server.pid === undefined ? 0 : memoryOf(server.pid)),
    async stop() {
      const exit = once(server, 'exit')
      server.kill('SIGINT')
      await exit
    },
  }
}

const signed = (claims: JWTPayload): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1 day')
    .sign(new TextEncoder().encode(SECRET))

/** What the log has some time later. */
async function waitFor<Line>(find: () => Line | undefined, seconds: number): Promise<Line> {
  for (let tries = 0; tries < 20 * seconds; tries += 1) {
    const line = find()
    if (line) return line
    await setTimeout(50)
  }
  throw new Error('The log lacks a line.')
}

async function answered(url: string): Promise<void> {
  for (let second = 0; second < START_SECONDS; second += 1) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    )
    if (status !== undefined) return
    await setTimeout(1000)
  }
  throw new Error('The server did not start.')
}

/** Of a process and all below it, by Linux' own count. */
function memoryOf(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(join('/proc', name, 'status'), 'utf8')
        const field = (key: string) =>
          Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1])
        return [{ pid: Number(name), parent: field('PPid'), bytes: field('VmRSS') * 1024 || 0 }]
      } catch {
        return [] // It has ended meanwhile.
      }
    })
  const below = (parent: number): number =>
    processes
      .filter((one) => one.parent === parent)
      .reduce((sum, one) => sum + one.bytes + below(one.pid), 0)
  return below(pid) + (processes.find((one) => one.pid === pid)?.bytes ?? 0)
}
