import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { SignJWT } from 'jose'
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

export type Server = {
  readonly origin: string
  readonly tokenOf: (userId: string) => Promise<string>
  /** The line that the log has on a file; it is waited for, for some seconds. */
  readonly lineOf: (
    id: string,
    source: ExportLine['source'],
    seconds?: number,
  ) => Promise<ExportLine>
  /** The memory of all its processes, in bytes. */
  readonly memory: () => number
  readonly stop: () => Promise<void>
}

/**
 * `wrangler dev` over a local D1 and R2, as `npm start` runs it.
 *
 * @param heapMegabytes a cap on each isolate's heap
 * @param inspectorPort where its inspector listens; anywhere without it
 * @param limits whether limits hold
 */
export async function serve(
  folder: string,
  port: number,
  heapMegabytes?: number,
  inspectorPort = 0,
  limits: 'on' | 'off' = 'off',
): Promise<Server> {
  const origin = `http://127.0.0.1:${port}`
  const values = ['--ip', '127.0.0.1', '--port', String(port), '--persist-to', folder]
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
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (!line.startsWith('{"event":"export"')) return
    lines.push(exportLine.parse(JSON.parse(line)))
  })
  await answered(`${origin}/api/v2/contacts/exports`)
  return {
    origin,
    tokenOf: (userId) =>
      new SignJWT({ user_id: userId })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1 day')
        .sign(new TextEncoder().encode(SECRET)),
    async lineOf(id, source, seconds = 5) {
      for (let tries = 0; tries < 20 * seconds; tries += 1) {
        const line = lines.find((one) => one.id === id && one.source === source)
        if (line) return line
        await setTimeout(50)
      }
      throw new Error(`The log has no line on ${id}, ${source}.`)
    },
    memory: () => (server.pid === undefined ? 0 : memoryOf(server.pid)),
    async stop() {
      const exit = once(server, 'exit')
      server.kill('SIGINT')
      await exit
    },
  }
}

async function answered(url: string): Promise<void> {
  for (let second = 0; second < START_SECONDS; second += 1) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    )
    if (status === 401) return
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
