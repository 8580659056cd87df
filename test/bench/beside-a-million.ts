import { writeFileSync } from 'node:fs'
import { clientOf } from './client.ts'
import { databaseFile, runInFile } from './fill-file.ts'
import { atMost, median, type Line } from './report.ts'
import { writingRatio } from './schema-cost.ts'
import { typicalContacts, type TypicalContacts } from './typical-contacts.ts'
import { withServer } from './with-server.ts'

const RUNS = 5

const small: TypicalContacts = {
  accountListId: 'b0000000-0000-4000-8000-000000000001',
  userId: 'user of a small list',
  contacts: 500,
  offset: 100_000_000,
  ids: 'random',
}

const others: TypicalContacts = {
  accountListId: 'b0000000-0000-4000-8000-000000000002',
  userId: 'user of a million',
  contacts: 1_000_000,
  offset: 0,
  ids: 'ordered',
}

/** What a small list notices of a million other contacts. @param folders two empty ones */
export async function besideAMillion(alone: string, beside: string): Promise<Line[]> {
  const files = [await databaseFile(alone), await databaseFile(beside)] as const
  runInFile(files[1], typicalContacts(others))
  for (const file of files) runInFile(file, typicalContacts(small))
  const [timeAlone, timeBeside] = [await coldTime(alone), await coldTime(beside)]
  return [
    atMost(
      `a list of 500 beside a million other contacts ÷ alone${isRoot ? ', nothing cached' : ''}`,
      timeBeside / timeAlone,
      2,
    ),
    atMost(
      'writing 20,000 contacts beside a million: with triggers ÷ without',
      writingRatio(files[1], 20_000),
      1.3,
    ),
  ]
}

/** How long a file of the small list takes, cards ready, when no page of the database is cached. */
const coldTime = (folder: string): Promise<number> =>
  withServer(folder, async (server) => {
    const client = await clientOf(server, small.userId)
    const times: number[] = []
    await client.download(await client.newLog(), 'csv')
    for (let run = 0; run < RUNS; run += 1) {
      const id = await client.newLog()
      dropCaches()
      times.push((await client.download(id, 'csv')).total)
    }
    return median(times)
  })

const isRoot = process.getuid?.() === 0

/** Linux forgets what it has cached of files. Only root may do that. */
function dropCaches(): void {
  if (isRoot) writeFileSync('/proc/sys/vm/drop_caches', '3')
}
