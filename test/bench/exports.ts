import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { clientOf, type Arrival, type Client } from './client.ts'
import { databaseFile, fillFile } from './fill-file.ts'
import type { BenchList } from './fill.ts'
import { installPeers, peerTime, PEERS, shellTime } from './peers.ts'
import { atMost, median, percentile, reportTable, type Line } from './report.ts'
import { serve, type Server } from './server.ts'

/**
 * How fast files are made, and what that takes, beside what one would use instead: `npm run bench`. It prints a table and
 * keeps it in `RESULTS.md`. With `--million` a file of a million contacts is made, and nothing else.
 */

const RUNS = 3
const PORT = 8797
const FORMATS = ['csv', 'xlsx'] as const
const MEGABYTE = 1_000_000

/** An account list of a user. The filter `{}` selects four in five of its contacts. */
const listOf = (number: number, contacts: number, userId = `user of ${contacts}`): BenchList => ({
  accountListId: `a0000000-0000-4000-8000-00000000000${number}`,
  userId,
  contacts,
  offset: number * 100_000_000,
})
const small = listOf(1, 500)
const middle = listOf(2, 1000)
const big = listOf(3, 100_000)
const huge = listOf(4, 312_500)
const million = listOf(5, 1_250_000)
/** Two account lists of one user, with as many contacts as `big` together. */
const halves = [6, 7].map((number) => listOf(number, 50_000, 'user of two lists'))

const folder = mkdtempSync(join(tmpdir(), 'bench-exports-'))

async function ofAHundredThousand(): Promise<Line[]> {
  const parent = join(folder, 'big')
  const file = await databaseFile(parent)
  const packages = join(folder, 'peers')
  await installPeers(packages)
  fillFile(file, [small])
  const alone = await withServer(parent, (server) => rowsReadFor(server, small))
  fillFile(file, [middle, big, ...halves])
  return withServer(parent, async (server) => {
    const beside = await rowsReadFor(server, small)
    const [ofMiddle, ofBig, ofHalves] = await Promise.all([
      clientOf(server, middle.userId),
      clientOf(server, big.userId),
      clientOf(server, 'user of two lists'),
    ])
    for (const format of FORMATS) await ofBig.download(await ofBig.newLog(), format)

    const made = { csv: [] as Arrival[], xlsx: [] as Arrival[] }
    const kept = { csv: [] as Arrival[], xlsx: [] as Arrival[] }
    const atMiddle: Arrival[] = []
    const ofTwoLists: Arrival[] = []
    const peers = Object.fromEntries(PEERS.map((peer) => [peer, [] as number[]]))
    const shell: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      for (const format of FORMATS) {
        const id = await ofBig.newLog()
        made[format].push(await ofBig.download(id, format))
        kept[format].push(await ofBig.download(id, format))
        atMiddle.push(await ofMiddle.download(await ofMiddle.newLog(), format))
        console.log(`${format}: ${made[format].at(-1)?.total.toFixed(0)} ms`)
      }
      ofTwoLists.push(await ofHalves.download(await ofHalves.newLog(), 'csv'))
      console.log(`csv of two lists: ${ofTwoLists.at(-1)?.total.toFixed(0)} ms`)
      const time = await shellTime(file, big.accountListId, packages)
      if (time !== undefined) shell.push(time)
      console.log(`sqlite3: ${time?.toFixed(0)} ms`)
      for (const peer of PEERS) {
        const milliseconds = await peerTime(peer, file, big.accountListId, packages)
        peers[peer]?.push(milliseconds)
        console.log(`${peer}: ${milliseconds.toFixed(0)} ms`)
      }
    }

    const csv = of(made.csv, 'total')
    const xlsx = of(made.xlsx, 'total')
    const cost = await server.lineOf(made.csv[0]?.id ?? '', 'made')
    const costOfTwoLists = await server.lineOf(ofTwoLists[0]?.id ?? '', 'made')
    const latency = await latencyOf(ofBig)
    const slow = await slowClient(server, ofBig)
    return [
      against('CSV ÷ sqlite3’s shell', csv, shell, 1.3),
      against('CSV ÷ csv-stringify', csv, peers['csv-stringify'] ?? [], 0.9),
      against('XLSX ÷ exceljs, streaming', xlsx, peers['exceljs'] ?? [], 0.4),
      against('XLSX ÷ SheetJS', xlsx, peers['SheetJS'] ?? [], 0.7),
      against('XLSX ÷ write-excel-file', xlsx, peers['write-excel-file'] ?? [], 0.4),
      atMost('first byte at 1,000 contacts, ms', of(atMiddle, 'firstByte'), 50),
      atMost('first byte of a contact at 1,000, ms', of(atMiddle, 'firstContact'), 60),
      ...FORMATS.flatMap((format): Line[] => [
        atMost(`${format}: first byte at 100,000, ms`, of(made[format], 'firstByte'), 50),
        atMost(
          `${format}: first byte of a contact at 100,000, ms`,
          of(made[format], 'firstContact'),
          250,
        ),
        atMost(`${format}: longest silence, ms`, of(made[format], 'longestSilence'), 150),
        atMost(`${format}: half of the bytes, of the time`, of(made[format], 'halfAt'), 0.75),
        atMost(
          `${format}: a kept file ÷ the same file made`,
          of(kept[format], 'total') / of(made[format], 'total'),
          0.3,
        ),
      ]),
      atMost('rows read for each contact exported', cost.d1_rows_read / cost.rows, 20),
      atMost('CSV of two lists ÷ CSV of one with as many', of(ofTwoLists, 'total') / csv, 1.3),
      atMost(
        'rows read for each contact exported, two lists',
        costOfTwoLists.d1_rows_read / costOfTwoLists.rows,
        21,
      ),
      atMost('queries for each 1,000 contacts exported', cost.d1_queries / (cost.rows / 1000), 1.1),
      atMost('GET of a log while an export of 100,000 runs, p95, ms', latency, 100),
      [
        'a list of 500 beside one of 100,000: rows read',
        `${beside} (alone ${alone})`,
        'the same',
        beside === alone,
      ],
      ...slow,
    ]
  })
}

const against = (measure: string, own: number, times: readonly number[], goal: number): Line =>
  times.length === 0
    ? [measure, 'not installed', `≤ ${goal}`, undefined]
    : atMost(`${measure} (${seconds(own)} ÷ ${seconds(median(times))})`, own / median(times), goal)

const of = (
  arrivals: readonly Arrival[],
  key: 'total' | 'firstByte' | 'firstContact' | 'longestSilence' | 'halfAt',
) => median(arrivals.map((arrival) => arrival[key]))

/** Both formats, under caps on the heap. */
async function ofAQuarterMillion(): Promise<Line[]> {
  const parent = join(folder, 'huge')
  fillFile(await databaseFile(parent), [huge])
  const lines: Line[] = []
  for (const cap of [48, 32]) {
    for (const format of FORMATS) {
      const outcome = await withServer(
        parent,
        async (server) => {
          const client = await clientOf(server, huge.userId)
          const arrival = await client.download(await client.newLog(), format)
          const { rows } = await server.lineOf(arrival.id, 'made')
          return `${rows} contacts in ${seconds(arrival.total)}`
        },
        cap,
      ).catch(() => 'breaks')
      lines.push([
        `${format}: 250,000 contacts under a heap of ${cap} MB`,
        outcome,
        cap === 48 ? 'goes out' : 'try',
        outcome !== 'breaks',
      ])
      console.log(...lines.slice(-1))
    }
  }
  return lines
}

async function ofAMillion(): Promise<Line[]> {
  const parent = join(folder, 'million')
  fillFile(await databaseFile(parent), [million])
  const lines: Line[] = []
  for (const format of FORMATS) {
    // The least that V8 can be told to have is what an isolate has in all.
    await withServer(
      parent,
      async (server) => {
        const client = await clientOf(server, million.userId)
        const arrival = await client.download(await client.newLog(), format)
        const line = await server.lineOf(arrival.id, 'made')
        lines.push(
          [
            `${format}: contacts in one request`,
            String(line.rows),
            '1000000',
            line.rows === 1_000_000,
          ],
          [
            `${format}: time, size`,
            `${seconds(arrival.total)}, ${megabytes(arrival.bytes)}`,
            '',
            undefined,
          ],
          atMost(`${format}: queries`, line.d1_queries, 949),
          atMost(`${format}: rows read for each contact`, line.d1_rows_read / line.rows, 20),
          [`${format}: first byte`, `${arrival.firstByte.toFixed(0)} ms`, '', undefined],
          [`${format}: longest silence`, `${arrival.longestSilence.toFixed(0)} ms`, '', undefined],
        )
      },
      128,
    )
  }
  return lines
}

async function withServer<Result>(
  parent: string,
  use: (server: Server) => Promise<Result>,
  heapMegabytes?: number,
): Promise<Result> {
  const server = await serve(parent, PORT, heapMegabytes)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

async function rowsReadFor(server: Server, { userId }: BenchList): Promise<number> {
  const client = await clientOf(server, userId)
  const { id } = await client.download(await client.newLog(), 'csv')
  return (await server.lineOf(id, 'made')).d1_rows_read
}

/** The 95th percentile of how long a `GET` of a log takes, in milliseconds, while files are made. */
async function latencyOf(client: Client): Promise<number> {
  const id = await client.newLog()
  const latencies: number[] = []
  for (const format of FORMATS) {
    const made = client.download(await client.newLog(), format).then(() => true)
    do {
      const start = performance.now()
      await client.getLog(id)
      latencies.push(performance.now() - start)
    } while (!(await Promise.race([made, setTimeout(20, false)])))
  }
  return percentile(latencies, 0.95)
}

/** A client that reads 10 MB a second; and one that reads 2, which the server has to wait for. */
async function slowClient(server: Server, client: Client): Promise<Line[]> {
  const lines: Line[] = []
  for (const speed of [10 * MEGABYTE, 2 * MEGABYTE]) {
    const before = server.memory()
    let most = before
    const watch = setInterval(() => (most = Math.max(most, server.memory())), 200)
    const { firstByte, total, bytes } = await client.download(await client.newLog(), 'csv', speed)
    clearInterval(watch)
    lines.push(
      atMost(`a client that reads at ${megabytes(speed)}/s: first byte, ms`, firstByte, 50),
      [
        `the same: its speed; the server’s memory grows by`,
        `${megabytes((bytes / total) * 1000)}/s; ${megabytes(most - before)}`,
        'a part, 5 MB',
        undefined,
      ],
    )
  }
  return lines
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`

try {
  if (process.argv.includes('--million')) reportTable('million', await ofAMillion())
  else reportTable('exports', [...(await ofAHundredThousand()), ...(await ofAQuarterMillion())])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
