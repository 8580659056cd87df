import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localDatabase } from '../bench/local-database.ts'

const START_MILLISECONDS = 60_000

/** A local D1 and the Worker under `wrangler dev`, in a folder and on a port of their own. */
export async function startWorker(rows: readonly string[], settings: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'contact-exports-'))
  const { database, dispose } = await localDatabase(folder)
  if (rows.length > 0) await database.batch(rows.map((row) => database.prepare(row)))
  await dispose()
  const variables = Object.entries(settings).flatMap(([name, value]) => [
    '--var',
    `${name}:${value}`,
  ])
  const place = [
    '--ip',
    '127.0.0.1',
    '--port',
    '0',
    '--inspector-port',
    '0',
    '--persist-to',
    folder,
  ]
  const server = spawn('wrangler', ['dev', ...place, ...variables], {
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<void>((resolve) => {
    server.on('exit', () => resolve())
  })
  const ready = new Promise<string>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`wrangler dev ${reason}:\n${output}`))
    const timer = setTimeout(() => fail('is not ready in time'), START_MILLISECONDS)
    const listen = (chunk: Buffer) => {
      output += chunk.toString()
      const [, origin] = /Ready on (http:\/\/\S+)/.exec(output) ?? []
      if (origin !== undefined) resolve(origin)
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    void ended.then(() => fail('has ended'))
    void ended.then(() => clearTimeout(timer))
  })
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  return { origin: await ready, output: () => output, stop }
}
