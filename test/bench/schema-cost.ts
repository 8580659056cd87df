import { DatabaseSync } from 'node:sqlite'
import { clientOf } from './client.ts'
import { databaseFile, runInFile } from './fill-file.ts'
import { localDatabase } from './local-database.ts'
import { atMost, median, noted, type Line } from './report.ts'
import { typicalContacts, type TypicalContacts } from './typical-contacts.ts'
import { withServer } from './with-server.ts'

const RUNS = 3

/** Contacts with all their rows, as other programs write them. */
const listOf = (number: number, contacts: number): TypicalContacts => ({
  accountListId: `b0000000-0000-4000-8000-00000000000${number}`,
  userId: 'user of typical contacts',
  contacts,
  offset: number * 10_000_000,
  ids: 'random',
})

/** How many rows D1 bills for a new contact. @param folder an empty one */
export async function rowsWritten(folder: string): Promise<Line[]> {
  const contacts = 1000
  const { database, dispose } = await localDatabase(folder)
  let rows = 0
  for (const statement of typicalContacts(listOf(1, contacts))) {
    rows += (await database.prepare(statement).run()).meta.rows_written
  }
  await dispose()
  return [atMost('rows written for a new contact', rows / contacts, 22)]
}

/** What 100,000 contacts take on disk, with their cards. @param folder an empty one */
export async function bytesOfContacts(folder: string): Promise<Line[]> {
  const contacts = 100_000
  const file = await databaseFile(folder)
  const list = listOf(1, contacts)
  runInFile(file, typicalContacts(list))
  const before = bytesIn(file)
  await withServer(folder, async (server) => {
    const client = await clientOf(server, list.userId)
    await client.download(await client.newLog(), 'csv')
  })
  return [
    atMost('kB a contact, with cards', bytesIn(file) / contacts / 1000, 3),
    noted('kB a contact, without cards', (before / contacts / 1000).toFixed(2)),
  ]
}

/** The bytes of all pages in use. */
function bytesIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  const { bytes } = database
    .prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    .get() ?? { bytes: 0 }
  database.close()
  return Number(bytes)
}

/** What the triggers of cards cost those who write contacts. @param folder an empty one */
export async function costOfTriggers(folder: string): Promise<Line[]> {
  const file = await databaseFile(folder)
  return [
    atMost(
      'writing 100,000 contacts, empty database: with triggers ÷ without',
      writingRatio(file, 100_000),
      1.3,
    ),
  ]
}

/**
 * The time to write contacts with triggers, as a ratio to the time without. What has been written
 * is rolled back.
 */
export function writingRatio(file: string, contacts: number): number {
  const statements = typicalContacts(listOf(9, contacts))
  const database = new DatabaseSync(file)
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = ON')
  const triggers = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'card_%'`)
    .all()
  const time = (before: readonly string[]): number => {
    database.exec('BEGIN')
    for (const statement of before) database.exec(statement)
    const start = performance.now()
    for (const statement of statements) database.exec(statement)
    const milliseconds = performance.now() - start
    database.exec('ROLLBACK')
    return milliseconds
  }
  const withTriggers: number[] = []
  const without: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    withTriggers.push(time([]))
    without.push(time(triggers.map(({ name }) => `DROP TRIGGER "${String(name)}"`)))
  }
  database.close()
  return median(withTriggers) / median(without)
}
