import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as z from 'zod'
import { clientOf, type Client } from './client.ts'
import { databaseFile, fillFile } from './fill-file.ts'
import type { BenchList } from './fill.ts'
import { atMost, percentile, reportTable, type Line } from './report.ts'
import { serve, type Server } from './server.ts'

/**
 * What a user notices of another user's files: `npm run bench:neighbours`. It prints how long a `GET` of a log takes while
 * files of somebody else are made, with its goals, and keeps the table in `RESULTS.md`.
 */

const PORT = Number(process.env['PORT'] ?? 8796)

/** How many files the other user wants at once. */
const FILES = 10
/** How many of them are admitted when limits hold. */
const MOST_FILES = 4

/** How many clients stall, of how many users, and for how long. */
const STALLED_USERS = 4
const STALLED_SECONDS = 10
/** How many chunks a stalled client reads afterwards, to see whether its file still comes. */
const STALLED_CHUNKS = 100
const HEAP_MEGABYTES = 128

/** What the neighbour may wait, in milliseconds. */
const GOALS = { p95: 250, max: 1000 }
const PAUSE_MILLISECONDS = 20

/** A user with an account list of which the filter `{}` selects so many. */
const listOf = (number: number, contacts: number): BenchList => ({
  accountListId: `a0000000-0000-4000-8000-00000000000${number}`,
  userId: `user ${number}`,
  contacts: contacts * 1.25,
  offset: number * 100_000_000,
})
const neighbour = listOf(1, 400)
const busy = listOf(2, 60_000)
const stalledUserIds = Array.from({ length: STALLED_USERS }, (_, index) => `user ${3 + index}`)
const large = { ...listOf(3, 100_000), otherUserIds: stalledUserIds.slice(1) }

const document = z.object({
  data: z.object({
    meta: z.object({ files: z.record(z.string(), z.unknown()).default({}) }).default({ files: {} }),
  }),
})

type User = { readonly url: string; readonly headers: Record<string, string> }

const userOf = async (server: Server, userId: string): Promise<User> => ({
  url: `${server.origin}/api/v2/contacts/exports`,
  headers: { Authorization: `Bearer ${await server.tokenOf(userId)}` },
})

/** Asks for a file and reads its first bytes. @returns what ends the transfer; nothing when the file is refused */
async function begin({ url, headers }: User, id: string) {
  const leave = new AbortController()
  const { body, status } = await fetch(`${url}/${id}.csv`, { headers, signal: leave.signal })
  if (!body || status !== 200) {
    await body?.cancel()
    return undefined
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  await reader.read()
  return {
    id,
    leave: () => leave.abort(),
    rest: () => readAll(reader),
    /** Reads so many chunks more. */
    more: async (chunks: number) => {
      for (let chunk = 0; chunk < chunks; chunk += 1) await reader.read()
    },
  }
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>) {
  while (!(await reader.read()).done);
}

/** How long a `GET` of a log of the neighbour's takes, again and again, until the work is done. */
async function latencies(client: Client, work: Promise<unknown>): Promise<number[]> {
  const id = await client.newLog()
  const times: number[] = []
  const done = work.then(() => true)
  do {
    const start = performance.now()
    await client.getLog(id)
    times.push(performance.now() - start)
  } while (!(await Promise.race([done, setTimeout(PAUSE_MILLISECONDS, false)])))
  return times
}

const timesTable = (what: string, times: readonly number[]): Line[] => [
  [
    `${what}: a neighbour's GET of a log, p50, ms`,
    percentile(times, 0.5).toFixed(0),
    '',
    undefined,
  ],
  atMost(`the same: p95 of ${times.length}, ms`, percentile(times, 0.95), GOALS.p95),
  atMost('the same: the longest, ms', Math.max(...times), GOALS.max),
]

async function keptFiles({ url, headers }: User, ids: readonly string[]): Promise<number> {
  let kept = 0
  for (const id of ids) {
    const response = await fetch(`${url}/${id}`, { headers })
    kept += 'csv' in document.parse(await response.json()).data.meta.files ? 1 : 0
  }
  return kept
}

async function logsOf(server: Server, userId: string, count: number): Promise<string[]> {
  const client = await clientOf(server, userId)
  const ids: string[] = []
  for (let log = 0; log < count; log += 1) ids.push(await client.newLog())
  return ids
}

/** Ten files at once, whose client goes away after the first bytes, or reads to the end. */
async function tenFiles(
  parent: string,
  limits: 'on' | 'off',
  how: 'abandoned' | 'read',
): Promise<Line[]> {
  const server = await serve(parent, PORT, { limits })
  try {
    const user = await userOf(server, busy.userId)
    const client = await clientOf(server, neighbour.userId)
    const ids = await logsOf(server, busy.userId, FILES)
    let admitted: string[] = []
    const work = async () => {
      const begun = await Promise.all(ids.map((id) => begin(user, id)))
      const files = begun.filter((file) => file !== undefined)
      admitted = files.map(({ id }) => id)
      if (how === 'read') await Promise.all(files.map(({ rest }) => rest()))
      else {
        for (const { leave } of files) leave()
        await Promise.all(admitted.map((id) => server.lineOf(id, 'made', 60)))
      }
    }
    const start = performance.now()
    const times = await latencies(client, work())
    const seconds = (performance.now() - start) / 1000
    const expected = limits === 'on' ? MOST_FILES : FILES
    const kept = await keptFiles(user, admitted)
    const what = `${FILES} files of 60,000 contacts ${how}, limits ${limits}`
    console.log(what, admitted.length, kept, seconds.toFixed(1))
    return [
      [
        `${what}: admitted`,
        String(admitted.length),
        String(expected),
        admitted.length === expected,
      ],
      [
        'the same: kept of these; in so many seconds',
        `${kept}; ${seconds.toFixed(1)}`,
        String(admitted.length),
        // Without limits, a client may want more than can be made in the time that a file has when its client has gone.
        limits === 'on' || how === 'read' ? kept === admitted.length : undefined,
      ],
      ...timesTable(what, times),
    ]
  } finally {
    await server.stop()
  }
}

/** Clients that read the first contacts of a large file, and then nothing. */
async function stalledFiles(parent: string): Promise<Line[]> {
  const server = await serve(parent, PORT, { heapMegabytes: HEAP_MEGABYTES, limits: 'on' })
  try {
    const client = await clientOf(server, neighbour.userId)
    const files: NonNullable<Awaited<ReturnType<typeof begin>>>[] = []
    const work = async () => {
      for (const userId of stalledUserIds) {
        const user = await userOf(server, userId)
        const begun = await Promise.all(
          (await logsOf(server, userId, MOST_FILES)).map((id) => begin(user, id)),
        )
        files.push(...begun.filter((file) => file !== undefined))
      }
      await setTimeout(STALLED_SECONDS * 1000)
    }
    const times = await latencies(client, work())
    const whole = await Promise.allSettled(files.map(({ more }) => more(STALLED_CHUNKS)))
    for (const { leave } of files) leave()
    const alive = whole.filter(({ status }) => status === 'fulfilled').length
    const wanted = STALLED_USERS * MOST_FILES
    const what = `${wanted} files of 100,000 contacts that stall, heap of ${HEAP_MEGABYTES} MB`
    return [
      [`${what}: go on when they are read on`, String(alive), String(wanted), alive === wanted],
      ...timesTable(what, times),
    ]
  } finally {
    await server.stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-neighbours-'))
try {
  fillFile(await databaseFile(folder), [neighbour, busy, large])
  const lines: Line[] = []
  for (const how of ['abandoned', 'read'] as const) {
    for (const limits of ['on', 'off'] as const)
      lines.push(...(await tenFiles(folder, limits, how)))
  }
  lines.push(...(await stalledFiles(folder)))
  reportTable('neighbours', lines)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
