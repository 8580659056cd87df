import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fillStatements, type BenchList } from './fill.ts'
import { localDatabase } from './local-database.ts'

/** What a file is made of; the rest of a list is for its filters, and takes most of the time. */
const TABLES_OF_FILES =
  /^INSERT INTO (account_list|contacts |contact_tags|people|contact_people|email_|phone_|addresses)/

/** Makes a local D1 under a folder, as `wrangler dev` finds it. @returns its SQLite file */
export async function databaseFile(folder: string): Promise<string> {
  const { dispose } = await localDatabase(folder)
  await dispose()
  const parent = join(folder, 'v3/d1/miniflare-D1DatabaseObject')
  const name = readdirSync(parent).find(
    (file) => file.endsWith('.sqlite') && !file.startsWith('metadata'),
  )
  if (name === undefined) throw new Error(`There is no database in ${parent}.`)
  return join(parent, name)
}

/** Fills lists into the file, behind the back of D1: a minute instead of ten. */
export function fillFile(file: string, lists: readonly BenchList[]): void {
  const statements = lists.flatMap(fillStatements)
  runInFile(
    file,
    statements.filter((statement) => TABLES_OF_FILES.test(statement)),
  )
}

/** Runs statements in the file, behind the back of D1. @returns how many milliseconds they took */
export function runInFile(file: string, statements: readonly string[]): number {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA foreign_keys = OFF; BEGIN',
  )
  const start = performance.now()
  for (const statement of statements) database.exec(statement)
  const milliseconds = performance.now() - start
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return milliseconds
}

/** Deletes the cards of all contacts: the next file makes them anew. */
export function forgetCards(file: string): void {
  runInFile(file, ['DELETE FROM contact_cards'])
}
