import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as z from 'zod'
import { clientOf } from './client.ts'
import { databaseFile, runInFile } from './fill-file.ts'
import { atMost, noted, percentile, reportTable, seconds, type Line } from './report.ts'
import type { Server } from './server.ts'
import {
  contactLine,
  contactsFrom,
  insertBySqlite,
  SYNC_LIST,
  type ContactIds,
} from './sync-contacts.ts'
import { typicalContacts } from './typical-contacts.ts'
import { withServer } from './with-server.ts'

/**
 * What it costs to send contacts to the sync API, beside SQLite with prepared statements: `npm run
 * bench:sync`. It prints a table and keeps it in `RESULTS.md`. Words name the parts to measure, which
 * are then printed only: `npm run bench:sync -- ordered heap`. CONTACTS sets how many are sent.
 */

const CONTACTS = Number(process.env['CONTACTS'] ?? 100_000)
const BESIDE = Math.ceil(CONTACTS / 5)
const REQUEST_LINES = 25_000
const HEAP_MEGABYTES = 48
const USER = 'a user of the bench'

const ended = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({
      state: z.string(),
      created: z.number(),
      updated: z.number(),
      unchanged: z.number(),
      failed: z.number(),
    }),
  }),
})

type Sent = {
  readonly milliseconds: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly queries: number
  readonly rowsWritten: number
}

const list = JSON.stringify({ type: 'account_lists', id: SYNC_LIST, attributes: { users: [USER] } })

/** Sends lines in as many requests as they need. */
async function send(server: Server, lines: readonly string[]): Promise<Sent> {
  const total = {
    milliseconds: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    queries: 0,
    rowsWritten: 0,
  }
  const token = await server.syncToken()
  for (let from = 0; from < lines.length; from += REQUEST_LINES) {
    const body = lines
      .slice(from, from + REQUEST_LINES)
      .map((line) => `${line}\n`)
      .join('')
    const start = performance.now()
    const response = await fetch(`${server.origin}/api/v2/sync`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
      body,
    })
    const text = await response.text()
    total.milliseconds += performance.now() - start
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    const { id, attributes } = ended.parse(JSON.parse(text)).data
    if (attributes.state !== 'done' || attributes.failed > 0) throw new Error(text)
    total.created += attributes.created
    total.updated += attributes.updated
    total.unchanged += attributes.unchanged
    const { d1_queries, d1_rows_written } = await server.runOf(id)
    total.queries += d1_queries
    total.rowsWritten += d1_rows_written
  }
  return total
}

const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'))
const place = (name: string): string => join(folder, name)

/** Uses a server that has the account list. */
const withList = <Result>(
  name: string,
  use: (server: Server) => Promise<Result>,
  options: Parameters<typeof withServer>[2] = {},
): Promise<Result> =>
  withServer(
    place(name),
    async (server) => {
      await send(server, [list])
      return use(server)
    },
    options,
  )

/** New contacts, the same again, and some changed. */
async function newContacts(ids: ContactIds, goal: number): Promise<Line[]> {
  const contacts = contactsFrom(0, CONTACTS, ids)
  const lines = contacts.map((contact) => contactLine(contact))
  const peer = insertBySqlite(await databaseFile(place(`peer-${ids}`)), contacts)
  await databaseFile(place(ids))
  return withList(ids, async (server) => {
    const first = await send(server, lines)
    const same = await send(server, lines)
    const changed = contacts.filter((_, index) => index % 20 === 0)
    const some = await send(
      server,
      contacts.map((contact, index) => contactLine(contact, index % 20 === 0 ? ' II' : '')),
    )
    const name = `${CONTACTS} new contacts, ids ${ids === 'random' ? 'random' : 'in order'}`
    return [
      atMost(
        `${name} ÷ SQLite (${seconds(first.milliseconds)} ÷ ${seconds(peer)})`,
        first.milliseconds / peer,
        1.6,
      ),
      atMost(`${name}, s`, first.milliseconds / 1000, goal),
      noted('… queries a request', String(Math.round(first.queries / (CONTACTS / REQUEST_LINES)))),
      atMost('… the same again, unchanged, s', same.milliseconds / 1000, 20),
      atMost('… rows written, without the runs’ own', dataRows(same), 0),
      atMost('… 1 in 20 changed: rows written by each', some.rowsWritten / changed.length, 40),
    ]
  })
}

/** What a run writes of itself does not count: at most some rows for each of its statements. */
const dataRows = ({ rowsWritten, unchanged }: Sent): number =>
  unchanged === CONTACTS && rowsWritten < CONTACTS / 100 ? 0 : rowsWritten

async function beside(): Promise<Line[]> {
  const others = { accountListId: 'b0000000-0000-4000-8000-000000000002', userId: 'others' }
  const million = typicalContacts({ ...others, contacts: 1_000_000, offset: 0, ids: 'ordered' })
  runInFile(await databaseFile(place('beside')), million)
  return withList('beside', async (server) => {
    const lines: Line[] = []
    for (const [ids, goal] of [
      ['random', 40],
      ['ordered', 8],
    ] as const) {
      const contacts = contactsFrom(CONTACTS, BESIDE, ids).map((contact) => contactLine(contact))
      const { milliseconds } = await send(server, contacts)
      lines.push(atMost(`${BESIDE} new beside a million, ids ${ids}, s`, milliseconds / 1000, goal))
    }
    return lines
  })
}

/** What somebody else notices while lines are written. */
async function neighbour(): Promise<Line[]> {
  await databaseFile(place('neighbour'))
  return withList('neighbour', async (server) => {
    const client = await clientOf(server, USER)
    const log = await client.newLog()
    const lines = contactsFrom(0, BESIDE, 'random').map((contact) => contactLine(contact))
    const times: number[] = []
    const sending = { isOver: false }
    const sent = send(server, lines).finally(() => {
      sending.isOver = true
    })
    while (!sending.isOver) {
      const start = performance.now()
      await client.getLog(log)
      times.push(performance.now() - start)
      await setTimeout(50)
    }
    await sent
    return [atMost('GET of a log meanwhile, p95, ms', percentile(times, 0.95), 450)]
  })
}

async function heap(): Promise<Line[]> {
  await databaseFile(place('heap'))
  const lines = contactsFrom(0, CONTACTS, 'random').map((contact) => contactLine(contact))
  const { created } = await withList('heap', (server) => send(server, lines), {
    heapMegabytes: HEAP_MEGABYTES,
  })
  return [
    [
      `${CONTACTS} contacts under a heap of ${HEAP_MEGABYTES} MB`,
      `${created} created`,
      'all',
      true,
    ],
  ]
}

const parts: Readonly<Record<string, () => Promise<Line[]>>> = {
  random: () => newContacts('random', 60),
  ordered: () => newContacts('ordered', 30),
  neighbour,
  heap,
  beside,
}

try {
  const names = process.argv.slice(2)
  const lines: Line[] = []
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const part = parts[name]
    if (!part)
      throw new Error(`There is no part ${name}. There is ${Object.keys(parts).join(', ')}.`)
    lines.push(...(await part()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  if (names.length > 0) for (const line of lines) console.log(...line)
  else reportTable('sync', lines)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
