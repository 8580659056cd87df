import { and, asc, count, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { contactPeople, contacts, people } from '../db/schema/index.ts'
import { accountListsById } from './account-lists.ts'
import { contactPages } from './contact-pages.ts'
import type { Contact } from './contact.ts'
import { isSelected, type ContactSelection } from './select-ids.ts'

const PREVIEW_ROWS = 10

export type Preview = {
  /** How many rows a file would have. */
  readonly total: number
  /** The first of them. */
  readonly first: readonly Contact[]
}

/** What a file of a selection would hold, without reading more of it than is shown. */
export async function previewSelection(
  database: Database,
  selection: ContactSelection,
): Promise<Preview> {
  const isInFile = and(isSelected(selection), hasSomeoneAliveOrNobody)
  const [totals, selected, lists] = await database.batch([
    database.select({ contacts: count() }).from(contacts).where(isInFile),
    database
      .select({ id: contacts.id })
      .from(contacts)
      .where(isInFile)
      .orderBy(asc(contacts.name), asc(contacts.id))
      .limit(PREVIEW_ROWS),
    accountListsById(database, selection.accountListIds),
  ])
  const ids = selected.map(({ id }) => id)
  const first: Contact[] = []
  for await (const page of contactPages(database, onePage(ids), lists)) first.push(...page)
  return { total: totals[0]?.contacts ?? 0, first }
}

/** Files leave out the contacts all of whose people are deceased. */
const hasSomeoneAliveOrNobody = sql`coalesce((
  select min(${people.deceased}) from ${contactPeople}
  join ${people} indexed by people_in_files on ${people.id} = ${contactPeople.personId}
  where ${contactPeople.contactId} = ${contacts.id}), 0) = 0`

async function* onePage(ids: readonly string[]): AsyncGenerator<readonly string[]> {
  yield ids
}
