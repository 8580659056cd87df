import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { databaseFile, fillFile } from '../bench/fill-file.ts'
import type { BenchList } from '../bench/fill.ts'
import { serve, type Server } from '../bench/server.ts'
import { heapAt, type Heap } from './heap.ts'
import { ACTIONS, makeLog, type Client } from './traffic.ts'

/**
 * Ten minutes of everything that clients do, at once, against `wrangler dev` on this machine: no answer may be another than
 * the right one, and the Worker's heap must stay level. `npm run soak -- --minutes 1` is a short one.
 */

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const MILLISECONDS = Number(values.minutes) * 60_000
const [PORT, INSPECTOR_PORT] = [8798, 8799]
const MEBIBYTE = 2 ** 20
const SAMPLES = 80
/** A heap is level when what it never falls below is no more than this higher in the last quarter than in the second. */
const LEVEL_BYTES = 2 * MEBIBYTE

/** The clients, each of a user of its own, and how many contacts they have. */
const lists: readonly BenchList[] = [100, 1000, 3000, 12_500].map((contacts, index) => ({
  accountListId: `a0000000-0000-4000-8000-00000000000${index + 1}`,
  userId: `user of ${contacts}`,
  contacts,
  offset: (index + 1) * 1_000_000,
}))

const folder = mkdtempSync(join(tmpdir(), 'soak-'))
try {
  fillFile(await databaseFile(folder), lists)
  const server = await serve(folder, PORT, { inspectorPort: INSPECTOR_PORT })
  try {
    const clients = await Promise.all(lists.map((list) => clientOf(server, list)))
    const end = Date.now() + MILLISECONDS
    const heap = await heapAt(INSPECTOR_PORT)
    const [counts, samples] = await Promise.all([
      Promise.all(clients.map((client) => work(client, end))),
      sampled(heap, end),
    ])
    heap.close()
    report(counts, samples)
  } finally {
    await server.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function clientOf({ origin, tokenOf }: Server, { userId }: BenchList): Promise<Client> {
  const client = async (name: string) => ({
    name,
    origin,
    token: await tokenOf(name),
    logs: new Map(),
    foreignLog: '',
  })
  return { ...(await client(userId)), foreignLog: await makeLog(await client('another')) }
}

type Counts = { readonly done: Map<string, number>; readonly failures: string[] }

/** Does one thing after the other, until the time is over. */
async function work(client: Client, end: number): Promise<Counts> {
  const done = new Map<string, number>()
  const failures: string[] = []
  while (Date.now() < end) {
    const action = ACTIONS[Math.floor(Math.random() * ACTIONS.length)]
    if (!action) break
    try {
      await action(client)
      done.set(action.name, (done.get(action.name) ?? 0) + 1)
    } catch (error) {
      failures.push(`${client.name}, ${action.name}: ${String(error)}`)
    }
  }
  return { done, failures }
}

async function sampled(heap: Heap, end: number): Promise<number[]> {
  const samples: number[] = []
  while (Date.now() < end) {
    samples.push(await heap.used())
    await setTimeout(MILLISECONDS / SAMPLES)
  }
  return samples
}

function report(counts: readonly Counts[], samples: readonly number[]): void {
  const done = new Map<string, number>()
  for (const [name, count] of counts.flatMap((one) => [...one.done])) {
    done.set(name, (done.get(name) ?? 0) + count)
  }
  const failures = counts.flatMap((one) => one.failures)
  const quarter = Math.floor(samples.length / 4)
  // Some samples are taken with files half-way out: what stays in the heap shows in the least of them.
  const early = Math.min(...samples.slice(quarter, 2 * quarter))
  const late = Math.min(...samples.slice(-quarter))
  const isLevel = late - early <= LEVEL_BYTES
  console.log(`${values.minutes} minutes, ${lists.length} clients at once:`)
  for (const [name, count] of done) console.log(`  ${name}: ${count}`)
  console.log(`  failures: ${failures.length}`)
  for (const failure of failures.slice(0, 20)) console.log(`    ${failure}`)
  console.log(`Heap after a garbage collection, ${samples.length} times, in MiB:`)
  console.log(`  ${samples.map((bytes) => (bytes / MEBIBYTE).toFixed(1)).join(' ')}`)
  console.log(
    `  least of the second quarter ${(early / MEBIBYTE).toFixed(1)}, of the last ${(late / MEBIBYTE).toFixed(1)}: ${isLevel ? 'level' : 'NOT LEVEL'}`,
  )
  process.exitCode = failures.length === 0 && isLevel ? 0 : 1
}
