import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { getPlatformProxy } from 'wrangler'
import type { Env } from '../../src/env.ts'

const START_SECONDS = 60

/** Where a local run keeps its state, and how it is called. */
export type LocalRun = { readonly state: string; readonly port: number; readonly secret: string }

export function applyMigrations(state: string): void {
  const { status, stderr } = spawnSync(
    'wrangler',
    ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state],
    { env: { ...process.env, CI: 'true' }, encoding: 'utf8' },
  )
  assert.equal(status, 0, stderr)
}

/** The bindings of the state, while no server runs on it. */
export function openState(state: string) {
  return getPlatformProxy<Pick<Env, 'DB' | 'FILES'>>({ persist: { path: join(state, 'v3') } })
}

/** Starts `wrangler dev`, and waits until it responds. */
export async function startServer({ state, port, secret }: LocalRun): Promise<ChildProcess> {
  const options = ['--ip', '127.0.0.1', '--port', String(port), '--persist-to', state]
  const started = spawn(
    'wrangler',
    ['dev', ...options, '--var', `JWT_SECRET:${secret}`, '--show-interactive-dev-session=false'],
    {
      // A group of its own, so that workerd dies with it.
      detached: true,
      env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' },
      stdio: 'ignore',
    },
  )
  for (let second = 0; second < START_SECONDS; second += 1) {
    if (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)) return started
    await setTimeout(1000)
  }
  kill(started)
  throw new Error(`The server did not answer within ${START_SECONDS} seconds.`)
}

export function kill({ pid }: ChildProcess): void {
  if (pid === undefined) throw new Error('The server did not start.')
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

export function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
