import { TABLE_FORMATS } from './bench-lists.ts'
import { clientOf } from './client.ts'
import type { BenchList } from './fill.ts'
import { atMost, megabytes, noted, seconds, type Line } from './report.ts'
import { withServer } from './with-server.ts'

/** What an isolate has in all. */
const HEAP_MEGABYTES = 128

const GOAL_SECONDS = 30

/** A million contacts in one request, in every format: first without cards, then with them. */
export async function aMillion(folder: string, { userId }: BenchList): Promise<Line[]> {
  const lines: Line[] = []
  for (const cards of ['no card yet', 'cards ready']) {
    for (const extension of TABLE_FORMATS) {
      // The first file has made the cards.
      if (cards === 'no card yet' && lines.length > 0) continue
      await withServer(
        folder,
        async (server) => {
          const client = await clientOf(server, userId)
          const arrival = await client.download(await client.newLog(), extension)
          const line = await server.lineOf(arrival.id, 'made')
          const of = `${extension}, ${cards}:`
          const time = arrival.total / 1000
          lines.push(
            [
              `${of} contacts in one request`,
              String(line.rows),
              '1000000',
              line.rows === 1_000_000,
            ],
            cards === 'cards ready'
              ? atMost(`${of} seconds`, time, GOAL_SECONDS)
              : noted(`${of} time`, seconds(arrival.total)),
            noted(`${of} size`, megabytes(arrival.bytes)),
            atMost(`${of} queries`, line.d1_queries, 949),
            noted(`${of} rows read a contact`, (line.d1_rows_read / line.rows).toFixed(2)),
            noted(`${of} first contact`, `${arrival.firstContact.toFixed(0)} ms`),
            noted(`${of} longest silence`, `${arrival.longestSilence.toFixed(0)} ms`),
          )
        },
        { heapMegabytes: HEAP_MEGABYTES },
      )
    }
  }
  return lines
}
