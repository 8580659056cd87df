import { clientOf, type Client } from './client.ts'
import type { BenchList } from './fill.ts'
import { atMost, median, noted, type Line } from './report.ts'
import { withServer } from './with-server.ts'

const RUNS = 3
const DELAY_MILLISECONDS = 30

/**
 * The calls to D1 and R2 that come one after another, and what a delay of 30 ms in each of them
 * means to a first download as CSV, cards ready.
 *
 * @param lists by how many contacts their files have
 */
export const roundTrips = (
  folder: string,
  lists: ReadonlyMap<number, BenchList>,
): Promise<Line[]> =>
  withServer(
    folder,
    async (server) => {
      const lines: Line[] = []
      for (const [contacts, { userId }] of lists) {
        const [delayed, usual] = await Promise.all(
          [DELAY_MILLISECONDS, 0].map((delay) =>
            clientOf(server, userId, { 'X-Call-Delay': String(delay) }),
          ),
        )
        if (!delayed || !usual) throw new Error('There are two clients.')
        await usual.download(await usual.newLog(), 'csv')
        const slow: Download[] = []
        const quick: Download[] = []
        for (let run = 0; run < RUNS; run += 1) {
          quick.push(await downloadOf(usual))
          slow.push(await downloadOf(delayed))
        }
        const { before_contacts, before_last_byte, in_all } = await server.callsOf(
          `/api/v2/contacts/exports/${slow.at(-1)?.id}.csv`,
        )
        const [with30, without] = [slow, quick].map((all) => median(all.map(({ total }) => total)))
        const [firstWith30, firstWithout] = [slow, quick].map((all) =>
          median(all.map(({ firstContact }) => firstContact)),
        )
        const of = `${contacts.toLocaleString('en')} contacts`
        const isShort = contacts <= 1000
        lines.push(
          isShort
            ? atMost(`${of}: calls one after another`, in_all, 5)
            : noted(`${of}: calls one after another`, String(in_all)),
          atMost(`${of}: of them before the first contact`, before_contacts, 2),
          noted(`${of}: of them before the last byte`, String(before_last_byte)),
          noted(
            `${of}: with 30 ms in each call; without`,
            `${with30?.toFixed(0)} ms; ${without?.toFixed(0)} ms`,
          ),
          noted(
            `${of}: first contact with 30 ms in each call; without`,
            `${firstWith30?.toFixed(0)} ms; ${firstWithout?.toFixed(0)} ms`,
          ),
        )
        if (!isShort) {
          lines.push(atMost(`${of}: with 30 ms ÷ without`, (with30 ?? 0) / (without ?? 0), 1.25))
        }
        console.log(...lines.slice(-2))
      }
      return lines
    },
    { worker: 'delayed-worker.ts' },
  )

type Download = { readonly id: string; readonly total: number; readonly firstContact: number }

const downloadOf = async (client: Client): Promise<Download> =>
  client.download(await client.newLog(), 'csv')
