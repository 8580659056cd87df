import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { contactPeople, contacts, people } from '../../db/schema/index.ts'
import type { Contact } from '../contact.ts'
import { noAccessCheck } from './access-check.ts'
import { accountListsById } from './rows/account-lists-by-id.ts'
import { contactPages } from './rows/contact-pages.ts'
import { readRows } from './rows/read-rows.ts'
import { newReading } from './rows/reading.ts'
import { fromWanted, listsInScope, type ContactSelection } from './selection/contact-selection.ts'
import { destinationTables } from './selection/destination-tables.ts'
import { entryColumns, inOrder } from './selection/sorted-stretch.ts'

const PREVIEW_ROWS = 10

/** A preview is a single document in memory, so each text is cut here. Files show all of it. */
const PREVIEW_TEXT_BYTES = 4000

export type Preview = {
  /** The number of rows of a file. */
  readonly total: number
  /** The first of them. */
  readonly first: readonly Contact[]
}

/**
 * Reads what a file of a selection contains: the number of contacts, and the first of them. One
 * statement evaluates the filter and both counts and sorts, where `readContacts` would select again
 * what has been counted.
 */
export async function previewSelection(
  database: Database,
  selection: ContactSelection,
): Promise<Preview> {
  const { columns, tables, joins, order } = await sortedEntries(database, selection)
  const selected = database.select({ total: sql<number>`total`, ids: sql<string>`ids` }).from(
    sql`(
        with ${listsInScope(selection)}, ${tables} selected as materialized (
          select ${columns} ${fromWanted(selection)} and ${hasSomeoneAliveOrNobody})
        select (select count(*) from selected) as total, (
          select json_group_array(id) from (
            select entry.id as id from selected as entry ${joins}
              order by ${order} limit ${sql.raw(String(PREVIEW_ROWS))})) as ids)`,
  )
  const [[found], lists] = await database.batch([
    selected,
    accountListsById(database, selection.accountListIds),
  ])
  // The JSON comes from our own SQL.
  const ids: readonly string[] = JSON.parse(found?.ids ?? '[]')
  const listsById = new Map(lists.map((list) => [list.id, list]))
  const first: Contact[] = []
  const reading = newReading(database, noAccessCheck, { textBytes: PREVIEW_TEXT_BYTES })
  const rowsOf = (page: readonly PreviewedContact[]) =>
    readRows(
      page.map(({ id }) => id),
      reading,
    )
  const pages = contactPages(onePage(ids), listsById, reading, rowsOf)
  for await (const page of pages) first.push(...page)
  return { total: found?.total ?? 0, first }
}

/** What is read of contacts to sort them, and their order. */
async function sortedEntries(database: Database, selection: ContactSelection) {
  const { sort } = selection
  if (!sort) {
    const columns = sql`${contacts.id} as id, ${contacts.name} as name`
    return { columns, tables: sql``, joins: sql``, order: sql`entry.name, entry.id` }
  }
  const destinations = await destinationTables(database, selection, sort)
  return { ...destinations, columns: entryColumns(sort), order: inOrder(sort) }
}

const personOf = (condition: SQL): SQL => sql`exists (
  select 1 from ${contactPeople}
  join ${people} on ${people.id} = ${contactPeople.personId}
  where ${contactPeople.contactId} = ${contacts.id} and ${condition})`

/** Files leave out contacts whose people are all deceased. */
const hasSomeoneAliveOrNobody = sql`(
  ${personOf(sql`${people.deceased} = 0`)} or not ${personOf(sql`true`)})`

type PreviewedContact = { readonly id: string }

async function* onePage(ids: readonly string[]): AsyncGenerator<readonly PreviewedContact[]> {
  yield ids.map((id) => ({ id }))
}
