import type { Database } from '../../../db/client.ts'
import type { SortOrder } from '../contact-sort.ts'
import type { ContactSelection } from './contact-selection.ts'
import { destinationTables } from './destination-tables.ts'
import type { ListPacks } from './merge-lists.ts'
import type { StretchSize } from './selection-query.ts'
import { sortedStretch, type SortPlace } from './sorted-stretch.ts'

/**
 * The contacts selected in all account lists, in the order of a sort. The first stretch is loaded;
 * `loadMore` loads the next one. Each stretch is read by one statement: only a contact that changes
 * between two of them can come twice or not at all.
 */
export async function sortedPacks(
  database: Database,
  selection: ContactSelection,
  order: SortOrder,
  size: StretchSize,
): Promise<ListPacks & { readonly loadMore: () => Promise<void> }> {
  const destinations = await destinationTables(database, selection, order)
  let after: SortPlace | undefined
  const sorted = {
    packs: [] as ListPacks['packs'],
    hasEnded: false,
    loadMore: async (): Promise<void> => {
      const { packs, end } = await sortedStretch(
        database,
        selection,
        order,
        destinations,
        after,
        size,
      )
      for (const ids of packs) sorted.packs.push({ ids, names: null })
      after = end
      sorted.hasEnded = end === undefined
    },
  }
  await sorted.loadMore()
  return sorted
}
