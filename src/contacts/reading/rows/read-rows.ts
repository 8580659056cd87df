import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contacts } from '../../../db/schema/index.ts'
import type { AccessCheck } from '../access-check.ts'
import { emptyRow } from './contact-of-row.ts'
import { contactRow } from './contact-rows.ts'
import { inHalves, type Failures } from './in-halves.ts'
import { SHORT_TEXT_BYTES, STATEMENT_BYTES } from './text-marks.ts'

/**
 * A contact's row as JSON, in which marks stand for long texts; of a large row only how many bytes
 * its JSON has.
 */
export type FoundRow = string | number

/** What reading the contacts of a file takes along. */
export type Reading = {
  readonly database: Database
  readonly access: AccessCheck
  readonly failures: Failures
  /** How many bytes of a long text are read at most. */
  readonly textBytes: number
  /** Told of each contact that cannot be read as it is stored. */
  readonly failed: (contactId: string, error: unknown) => void
}

/**
 * Reads contacts by one statement, which also checks access. What was found is returned by id; what
 * has been deleted is missing. The statement returns 4 MB at the most: a row with more than its
 * share is only measured.
 *
 * The contacts are asked for in the order of their ids: neighbours share a page of the database.
 *
 * @param most how many bytes a row may have
 * @throws when access has been withdrawn
 */
export function readRows(
  ids: readonly string[],
  { database, access, failures, failed }: Reading,
  most = Math.floor(STATEMENT_BYTES / ids.length),
): Promise<ReadonlyMap<string, FoundRow>> {
  const read = (row: SQL) => (some: readonly string[]) =>
    readPage(database, some, access, row, most)
  return inHalves(ids, failures, read(rowWithTexts), (id, error) => {
    failed(id, error)
    return inHalves([id], failures, read(rowOfMarks), () => readEmptyRow(database, id))
  })
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
    select place, iif(octet_length(json) <= ${most}, json, octet_length(json)) as row from (
      select page.key as place, (${row}) as json from json_each(${JSON.stringify(sorted)}) as page
        limit -1 offset 0)
    union all select -1, ${access.query()}`)
  const rows = new Map<string, FoundRow>()
  for (const [place, value] of found) {
    const id = sorted[place]
    if (id === undefined) access.checkResult(value)
    else if (value !== null) rows.set(id, value)
  }
  return rows
}

/** A contact of which no more can be read than that it is there. */
async function readEmptyRow(database: Database, id: string): Promise<ReadonlyMap<string, string>> {
  const found = await database
    .select({ accountListId: contacts.accountListId })
    .from(contacts)
    .where(eq(contacts.id, id))
  return new Map(found.map(({ accountListId }) => [id, JSON.stringify(emptyRow(accountListId))]))
}
