import { sql } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contacts } from '../../../db/schema/index.ts'
import { looksAtStatusAlone, type ContactSelection } from './contact-selection.ts'
import type { SortOrder } from '../contact-sort.ts'
import { compactIds, type CompactIds } from './compact-ids.ts'
import { isAmong } from '../../../db/in-list.ts'
import { loadStretch, openList } from './load-packs.ts'
import { mergedIds, type ListPacks } from './merge-lists.ts'
import { readAhead } from './read-ahead.ts'
import type { StretchSize } from './selection-query.ts'
import { sortedPacks } from './sorted-packs.ts'

/**
 * A third of a million contacts. A pack of one account list is a value of 1 MB; 2 MB are the most
 * that D1 takes.
 */
const STRETCH: StretchSize = { contacts: 325_000, contactsOfAPack: 25_000 }

/** Without names, a pack is 1.8 MB: packs are counted off from the first, so that few are better. */
const SORTED_STRETCH: StretchSize = { contacts: 315_000, contactsOfAPack: 45_000 }

/** More of a name than a pack holds. */
const LONG_NAME_CHARACTERS = 500

/**
 * More at once are not much faster, and the silence while they are read, and what others wait
 * meanwhile, is short.
 */
const PAGE = 1150

/**
 * The first contact of a file leaves sooner: it waits for its page, and for its people, who come
 * with the second.
 */
const FIRST_PAGES = [100, 200]

/**
 * After so many contacts pages are large: D1 answers 1,000 queries of a request, and a million
 * contacts have to do with them, also when their client is so slow that each page is read twice.
 */
const CONTACTS_IN_SMALL_PAGES = 250_000
const LARGE_PAGE = 3125

/** How many ids are made strings at once. */
const IDS_AT_ONCE = 1000

/**
 * The ids of the contacts selected, in the order of the file, in pages: by name in code-point
 * order, then by id, or in the order of another sort. All are selected when the first page is asked for, a stretch by a statement that
 * sees one state of the database, the others right after it: only a contact renamed within these
 * moments, and over the end of a stretch, comes twice or not at all.
 *
 * @param size of a stretch; of several account lists it is smaller, as their names are sent, too
 */
export async function* pagesOfIds(
  database: Database,
  selection: ContactSelection,
  size?: StretchSize,
): AsyncGenerator<readonly string[]> {
  if (selection.sort) yield* sortedIds(database, selection, selection.sort, size)
  else yield* idsByName(database, selection, size)
}

/** The ids in another order than by name: the database sorts them, over all account lists. */
async function* sortedIds(
  database: Database,
  selection: ContactSelection,
  order: SortOrder,
  size = SORTED_STRETCH,
): AsyncGenerator<readonly string[]> {
  const sorted = await sortedPacks(database, selection, order, size)
  yield* inPages(idsInPacks(sorted, sorted.loadMore))
}

async function* idsByName(
  database: Database,
  selection: ContactSelection,
  size = STRETCH,
): AsyncGenerator<readonly string[]> {
  const lists = [...new Set(selection.accountListIds)].map(openList)
  let inTurn = looksAtStatusAlone(selection)
  const loadMore = async (): Promise<void> => {
    inTurn = await loadStretch(database, selection, lists, size, inTurn)
  }
  await loadMore()
  const [only, ...others] = lists
  if (only && others.length === 0) yield* inPages(idsInPacks(only, loadMore))
  else {
    const sources = {
      loadMore,
      longerNames: (ids: readonly string[]) => longerNames(database, ids),
    }
    yield* inPages(readAhead(mergedIds(lists, sources)))
  }
}

/**
 * Ids whose packs are in order. All are loaded at once, and are compact until they are used.
 */
async function* idsInPacks(
  list: ListPacks,
  loadMore: () => Promise<void>,
): AsyncGenerator<readonly string[]> {
  const loaded: CompactIds[] = []
  const compactLoaded = (): void => {
    // What our own SQL has put together.
    for (const { ids } of list.packs.splice(0)) loaded.push(compactIds(JSON.parse(ids)))
  }
  const loadRest = async (): Promise<void> => {
    while (!list.hasEnded) {
      await loadMore()
      compactLoaded()
    }
  }
  compactLoaded()
  const rest = loadRest()
  // An error is thrown where the next ids are wanted: long after it happened, or never.
  void Promise.allSettled([rest])
  for (;;) {
    if (loaded.length === 0) await rest
    const pack = loaded.shift()
    if (!pack) return
    for (let from = 0; from < pack.length; from += IDS_AT_ONCE) {
      yield pack.slice(from, from + IDS_AT_ONCE)
    }
  }
}

/** What the names of contacts begin with, at a greater length than in packs. */
async function longerNames(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const name = sql<string>`substr(${contacts.name}, 1, ${sql.raw(String(LONG_NAME_CHARACTERS))})`
  const rows = await database
    .select({ id: contacts.id, name: name.as('name') })
    .from(contacts)
    .where(isAmong(contacts.id, ids))
  return new Map(rows.map(({ id, name: longer }) => [id, longer]))
}

/** Ids in pages of the sizes that suit a file. */
async function* inPages(
  chunks: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  const firstSizes = FIRST_PAGES.values()
  let size = firstSizes.next().value ?? PAGE
  let given = 0
  let left: readonly string[] = []
  for await (const chunk of chunks) {
    const ids = left.length === 0 ? chunk : [...left, ...chunk]
    let from = 0
    while (ids.length - from >= size) {
      yield ids.slice(from, from + size)
      from += size
      given += size
      size = firstSizes.next().value ?? (given < CONTACTS_IN_SMALL_PAGES ? PAGE : LARGE_PAGE)
    }
    left = ids.slice(from)
  }
  if (left.length > 0) yield left
}
