import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contacts } from '../../../db/schema/index.ts'
import type { AccessCheck } from '../access-check.ts'
import { contactRow } from './contact-row.ts'
import { readDespiteFaults } from './read-despite-faults.ts'
import type { Reading } from './reading.ts'
import { rowOfName } from './row-arrays.ts'
import { SHORT_TEXT_BYTES, STATEMENT_BYTES } from './text-marks.ts'

/**
 * A contact's row as JSON, in which marks stand for long texts. Of a large row, only the number of
 * bytes of its JSON.
 */
export type FoundRow = string | number

/** The SQL of a row, or of the number of its bytes when these are more than `most`. */
export const rowOrBytes = (row: SQL, most: number): SQL<FoundRow> =>
  sql<FoundRow>`iif(octet_length(${row}) <= ${most}, ${row}, octet_length(${row}))`

/** What is read of the name of a contact that cannot be read otherwise. */
const NAME_CHARACTERS = 250

/**
 * Reads contacts by one statement, which also checks access. It returns the rows by id, without
 * contacts that have been deleted. The statement returns at most 4 MB: a row with more than its
 * share is only measured.
 *
 * Where stored data makes the statement fail, it is read with a mark for each text, and where that
 * fails as well, with nothing but its name (`readDespiteFaults`).
 *
 * The contacts are sorted by id: neighbours are on the same page of the database.
 *
 * @param most the bytes that a row may have
 * @throws AccessWithdrawn when access has been withdrawn
 */
export function readRows(
  ids: readonly string[],
  { database, access, faults, failed }: Reading,
  most = Math.floor(STATEMENT_BYTES / ids.length),
): Promise<ReadonlyMap<string, FoundRow>> {
  const wayOf = (row: SQL) => (some: readonly string[]) =>
    readPage(database, some, access, row, most)
  return readDespiteFaults<string, FoundRow>(
    ids,
    [
      { read: wayOf(rowWithTexts), faults: faults.rows },
      { read: wayOf(rowOfMarks), faults: faults.marks },
      { read: (some) => readNames(database, some, access), faults: faults.names },
    ],
    failed,
  )
}

const rowWithTexts = contactRow(SHORT_TEXT_BYTES)
const rowOfMarks = contactRow(-1)

async function readPage(
  database: Database,
  ids: readonly string[],
  access: AccessCheck,
  row: SQL,
  most: number,
): Promise<ReadonlyMap<string, FoundRow>> {
  const sorted = ids.toSorted()
  const found = await database.values<[place: number, row: FoundRow | null]>(sql`
    select place, ${rowOrBytes(sql`json`, most)} as row from (
      select page.key as place, ${row} as json
      from json_each(${JSON.stringify(sorted)}) as page
      cross join ${contacts} on ${contacts.id} = page.value limit -1 offset 0)
    union all select -1, ${access.withdrawnJson()}`)
  const rows = new Map<string, FoundRow>()
  for (const [place, value] of found) {
    const id = sorted[place]
    if (id === undefined) access.accept(value)
    else if (value !== null) rows.set(id, value)
  }
  return rows
}

/** Reads so little of contacts, and so plainly, that no stored data makes the statement fail. */
async function readNames(
  database: Database,
  ids: readonly string[],
  access: AccessCheck,
): Promise<ReadonlyMap<string, string>> {
  const name = sql`substr(${contacts.name}, 1, ${sql.raw(String(NAME_CHARACTERS))})`
  const found = await database.values<[place: number, accountListId: string, name: string]>(sql`
    select page.key as place, ${contacts.accountListId} as list, ${name} as name
    from json_each(${JSON.stringify(ids)}) as page
    join ${contacts} on ${contacts.id} = page.value
    union all select -1, ${access.withdrawnJson()}, null`)
  const rows = new Map<string, string>()
  for (const [place, list, text] of found) {
    const id = ids[place]
    if (id === undefined) access.accept(list)
    else rows.set(id, JSON.stringify(rowOfName(list, text)))
  }
  return rows
}
