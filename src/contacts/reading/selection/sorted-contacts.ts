import type { Database } from '../../../db/client.ts'
import type { SortOrder } from '../contact-sort.ts'
import type { ContactSelection } from './contact-selection.ts'
import { destinationTables } from './destination-tables.ts'
import type { StretchSize } from './select-packs.ts'
import type { SelectedContact } from './selected-contact.ts'
import { sortedStretch, type SortPlace } from './sorted-stretch.ts'

/**
 * A pack without names is 1.8 MB. The packs of a stretch are counted off from its first contact, so
 * that few are better.
 */
const STRETCH: StretchSize = { contacts: 315_000, contactsOfAPack: 45_000 }

/** The number of contacts that are made objects at once. */
const CONTACTS_AT_ONCE = 1000

/**
 * The contacts selected in all account lists, in the order of a sort. The database sorts them. A
 * stretch is read by one statement, and the next one right after it: only a contact that changes in
 * between can come twice or not at all.
 *
 * Their names are not read: cards are found by what the contacts are called when they are read.
 */
export async function* sortedContacts(
  database: Database,
  selection: ContactSelection,
  order: SortOrder,
  size = STRETCH,
): AsyncGenerator<readonly SelectedContact[]> {
  await firstBytesSent()
  const destinations = await destinationTables(database, selection, order)
  let after: SortPlace | undefined
  do {
    const { packs, end } = await sortedStretch(
      database,
      selection,
      order,
      destinations,
      after,
      size,
    )
    for (const pack of packs) {
      // The JSON comes from our own SQL.
      const ids: readonly string[] = JSON.parse(pack.ids)
      const lists: readonly number[] = JSON.parse(pack.lists)
      for (let from = 0; from < ids.length; from += CONTACTS_AT_ONCE) {
        yield ids.slice(from, from + CONTACTS_AT_ONCE).map((id, index) => ({
          id,
          accountListId: selection.accountListIds[lists[from + index] ?? 0] ?? '',
          name: undefined,
        }))
      }
    }
    after = end
  } while (after)
}

/** In a local run the database works in the thread of the Worker, and a sort takes long. */
const firstBytesSent = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
