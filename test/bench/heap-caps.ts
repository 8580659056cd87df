import { TABLE_FORMATS } from './bench-lists.ts'
import { clientOf } from './client.ts'
import type { BenchList } from './fill.ts'
import { seconds, type Line } from './report.ts'
import { withServer } from './with-server.ts'

const CAPS_MEGABYTES = [48, 32]

/** Files of a large list in every format, under caps on the heap. */
export async function heapCaps(folder: string, { userId }: BenchList): Promise<Line[]> {
  const lines: Line[] = []
  for (const heapMegabytes of CAPS_MEGABYTES) {
    for (const extension of TABLE_FORMATS) {
      const outcome = await withServer(
        folder,
        async (server) => {
          const client = await clientOf(server, userId)
          const arrival = await client.download(await client.newLog(), extension)
          const { rows } = await server.lineOf(arrival.id, 'made')
          return `${rows} contacts in ${seconds(arrival.total)}`
        },
        { heapMegabytes },
      ).catch(() => 'breaks')
      const measure = `${extension}: 250,000 contacts under a heap of ${heapMegabytes} MB`
      lines.push([measure, outcome, 'passes', outcome !== 'breaks'])
      console.log(measure, outcome)
    }
  }
  return lines
}
