import { setTimeout } from 'node:timers/promises'
import { TABLE_FORMATS } from './bench-lists.ts'
import { clientOf, type Arrival, type Client } from './client.ts'
import type { BenchList } from './fill.ts'
import { forgetCards } from './fill-file.ts'
import { installPeers, peerTime, PEERS, shellTime } from './peers.ts'
import { atMost, median, megabytes, noted, percentile, seconds, type Line } from './report.ts'
import type { Server } from './server.ts'
import { withServer } from './with-server.ts'

const RUNS = 3
const MEGABYTE = 1_000_000

/** What a format is compared with, and the goal with cards ready. */
const PEER_GOALS: Readonly<Record<string, readonly (readonly [peer: string, goal: number])[]>> = {
  csv: [
    ['sqlite3’s shell', 0.4],
    ['csv-stringify', 0.9],
  ],
  xlsx: [
    ['exceljs', 0.2],
    ['SheetJS', 0.7],
    ['write-excel-file', 0.4],
  ],
}

/**
 * Files of 100,000 contacts, whose cards are ready or not, beside what other programs take from the
 * same database.
 *
 * @param file the SQLite file in the folder
 * @param packages where the packages of the other programs are installed
 */
export async function madeFiles(
  folder: string,
  file: string,
  packages: string,
  lists: { readonly big: BenchList; readonly middle: BenchList; readonly halves: string },
): Promise<Line[]> {
  await installPeers(packages)
  const { big, middle, halves } = lists
  const peers = new Map<string, number[]>()
  const time = async (peer: string, run: () => Promise<number | undefined>): Promise<void> => {
    const milliseconds = await run()
    if (milliseconds !== undefined) peers.set(peer, [...(peers.get(peer) ?? []), milliseconds])
    console.log(`${peer}: ${milliseconds?.toFixed(0)} ms`)
  }
  const first = new Map<string, number[]>()
  for (const format of TABLE_FORMATS) {
    for (let run = 0; run < RUNS; run += 1) {
      forgetCards(file)
      const { total } = await withServer(folder, async (server) => {
        const client = await clientOf(server, big.userId)
        // The server has started when it has made a small file.
        const ofMiddle = await clientOf(server, middle.userId)
        await ofMiddle.download(await ofMiddle.newLog(), format)
        return client.download(await client.newLog(), format)
      })
      first.set(format, [...(first.get(format) ?? []), total])
      console.log(`${format}, no card: ${total.toFixed(0)} ms`)
    }
  }
  for (let run = 0; run < RUNS; run += 1) {
    await time('sqlite3’s shell', () => shellTime(file, big.accountListId, packages))
    for (const peer of PEERS) {
      await time(peer, () => peerTime(peer, file, big.accountListId, packages))
    }
  }
  const against = (measure: string, own: number, peer: string, goal: number): Line => {
    const times = peers.get(peer) ?? []
    if (times.length === 0) return [`${measure} ÷ ${peer}`, 'not installed', `≤ ${goal}`, undefined]
    const ratio = `${seconds(own)} ÷ ${seconds(median(times))}`
    return atMost(`${measure} ÷ ${peer} (${ratio})`, own / median(times), goal)
  }
  const withoutCards = (format: string): Line => {
    const own = median(first.get(format) ?? [])
    return format === 'csv'
      ? against('csv, no card yet', own, 'sqlite3’s shell', 1.5)
      : noted(`${format}, no card yet`, seconds(own))
  }

  return withServer(folder, async (server) => {
    const [ofMiddle, ofBig, ofHalves] = await Promise.all([
      clientOf(server, middle.userId),
      clientOf(server, big.userId),
      clientOf(server, halves),
    ])
    for (const client of [ofBig, ofHalves]) await client.download(await client.newLog(), 'csv')

    const made = new Map<string, Arrival[]>(TABLE_FORMATS.map((format) => [format, []]))
    const kept = new Map<string, Arrival[]>(TABLE_FORMATS.map((format) => [format, []]))
    const atMiddle: Arrival[] = []
    const ofTwoLists: Arrival[] = []
    for (let run = 0; run < RUNS; run += 1) {
      for (const format of TABLE_FORMATS) {
        const id = await ofBig.newLog()
        made.get(format)?.push(await ofBig.download(id, format))
        kept.get(format)?.push(await ofBig.download(id, format))
        atMiddle.push(await ofMiddle.download(await ofMiddle.newLog(), format))
        console.log(`${format}: ${made.get(format)?.at(-1)?.total.toFixed(0)} ms`)
      }
      ofTwoLists.push(await ofHalves.download(await ofHalves.newLog(), 'csv'))
      console.log(`csv of two lists: ${ofTwoLists.at(-1)?.total.toFixed(0)} ms`)
    }

    const csv = of(made.get('csv'), 'total')
    const cost = await server.lineOf(made.get('csv')?.at(-1)?.id ?? '', 'made')
    const costOfTwoLists = await server.lineOf(ofTwoLists.at(-1)?.id ?? '', 'made')
    const perContact = (line: typeof cost): number => line.d1_rows_read / line.rows
    return [
      ...TABLE_FORMATS.flatMap((format): Line[] => {
        const own = of(made.get(format), 'total')
        return [
          ...(PEER_GOALS[format] ?? []).map(([peer, goal]) =>
            against(`${format}, cards ready`, own, peer, goal),
          ),
          withoutCards(format),
          atMost(`${format}: first byte, ms`, of(made.get(format), 'firstByte'), 60),
          atMost(`${format}: first contact, ms`, of(made.get(format), 'firstContact'), 60),
          atMost(`${format}: longest silence, ms`, of(made.get(format), 'longestSilence'), 60),
          atMost(`${format}: half of the bytes, of the time`, of(made.get(format), 'halfAt'), 0.75),
          atMost(
            `${format}: a kept file ÷ the same file made`,
            of(kept.get(format), 'total') / own,
            0.3,
          ),
        ]
      }),
      atMost('first byte at 1,000 contacts, ms', of(atMiddle, 'firstByte'), 50),
      atMost('first contact at 1,000 contacts, ms', of(atMiddle, 'firstContact'), 60),
      atMost('rows read a contact, cards ready', perContact(cost), 2.4),
      atMost('CSV of two lists ÷ CSV of one with as many', of(ofTwoLists, 'total') / csv, 1.3),
      atMost('rows read a contact, two lists, cards ready', perContact(costOfTwoLists), 2.4),
      atMost('queries for each 1,000 contacts', cost.d1_queries / (cost.rows / 1000), 1.1),
      atMost('GET of a log while an export of 100,000 runs, p95, ms', await latencyOf(ofBig), 100),
      ...(await slowClient(server, ofBig)),
    ]
  })
}

const of = (
  arrivals: readonly Arrival[] = [],
  key: 'total' | 'firstByte' | 'firstContact' | 'longestSilence' | 'halfAt',
): number => median(arrivals.map((arrival) => arrival[key]))

/** The 95th percentile of how long a `GET` of a log takes, in milliseconds, while files are made. */
async function latencyOf(client: Client): Promise<number> {
  const id = await client.newLog()
  const latencies: number[] = []
  for (const format of TABLE_FORMATS) {
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
      atMost(`a client that reads at ${megabytes(speed)}/s: first byte, ms`, firstByte, 60),
      noted(
        'the same: its speed; the server’s memory grows by',
        `${megabytes((bytes / total) * 1000)}/s; ${megabytes(most - before)}`,
      ),
    )
  }
  return lines
}
