import type { Database } from '../../../db/client.ts'
import type { SortOrder } from '../contact-sort.ts'
import type { ContactSelection } from './contact-selection.ts'
import { destinationTables } from './destination-tables.ts'
import type { StretchSize } from './select-packs.ts'
import { sortedStretch, type SortPlace } from './sorted-stretch.ts'

/**
 * A pack without names is 1.8 MB. The packs of a stretch are counted off from its first contact, so
 * that few are better.
 */
const STRETCH: StretchSize = { contacts: 315_000, contactsOfAPack: 45_000 }

/**
 * The ids of the contacts selected in all account lists, in the order of a sort. The database sorts
 * them. A stretch is read by one statement, and the next one right after it: only a contact that
 * changes in between can come twice or not at all.
 */
export async function* sortedIds(
  database: Database,
  selection: ContactSelection,
  order: SortOrder,
  size = STRETCH,
): AsyncGenerator<readonly string[]> {
  const destinations = await destinationTables(database, selection, order)
  let after: SortPlace | undefined
  do {
    const stretch = await sortedStretch(database, selection, order, destinations, after, size)
    for (const pack of stretch.packs) {
      // The JSON comes from our own SQL.
      const ids: readonly string[] = JSON.parse(pack)
      yield ids
    }
    after = stretch.end
  } while (after)
}
