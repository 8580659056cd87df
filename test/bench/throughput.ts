import { clientOf } from './client.ts'
import type { BenchList } from './fill.ts'
import { atLeast, noted, type Line } from './report.ts'
import { withServer } from './with-server.ts'

const CLIENTS = 8
const FILES_OF_A_CLIENT = 40
const WARM_UP = 5

/**
 * How many files of a small list eight clients get in a second, cards ready, beside a Worker that
 * reads the same rows and does nothing else.
 */
export async function throughput(folder: string, list: BenchList): Promise<Line[]> {
  const ofService = await withServer(folder, async (server) => {
    const client = await clientOf(server, list.userId)
    const ids: string[] = []
    for (let count = 0; count < CLIENTS * (FILES_OF_A_CLIENT + WARM_UP); count += 1) {
      ids.push(await client.newLog())
    }
    return filesASecond(async () => {
      const id = ids.pop()
      if (id !== undefined) await client.download(id, 'csv')
    })
  })
  const ofBareWorker = await withServer(
    folder,
    ({ origin }) =>
      filesASecond(async () => {
        await (await fetch(`${origin}/?list=${list.accountListId}`)).arrayBuffer()
      }),
    { worker: 'bare-worker.ts' },
  )
  return [
    noted(
      'files of 500 contacts a second, eight clients; a bare Worker',
      `${ofService.toFixed(0)}; ${ofBareWorker.toFixed(0)}`,
    ),
    atLeast('the same: the service ÷ the bare Worker', ofService / ofBareWorker, 0.5),
  ]
}

async function filesASecond(download: () => Promise<void>): Promise<number> {
  const each = async (count: number): Promise<void> => {
    for (let file = 0; file < count; file += 1) await download()
  }
  const all = (count: number) => Promise.all(Array.from({ length: CLIENTS }, () => each(count)))
  await all(WARM_UP)
  const start = performance.now()
  await all(FILES_OF_A_CLIENT)
  return (CLIENTS * FILES_OF_A_CLIENT * 1000) / (performance.now() - start)
}
