import { sql } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { isAmong } from '../../../db/in-list.ts'
import { contacts } from '../../../db/schema/index.ts'
import { loadStretch, type OpenSelection } from './load-stretch.ts'
import { mergedContacts, type ListPacks } from './merged-contacts.ts'
import { readAheadPacked } from './read-ahead-packed.ts'
import { nameInPack } from './select-packs.ts'
import type { SelectedContact } from './selected-contact.ts'
import { sortedContacts } from './sorted-contacts.ts'

/** More of a name than a pack contains. */
const LONG_NAME_CHARACTERS = 500

/** The first page is small, so that the first contacts are sent early. */
export const FIRST_PAGE = 100

/**
 * The contacts of a page whose rows are to be computed. Larger pages are not much faster, and other
 * requests would wait longer for the statement that reads one.
 */
const PAGE = 1150

/**
 * After this number of contacts, pages are large. D1 takes 1,000 queries a request, which have to
 * be enough for a million contacts.
 */
const CONTACTS_IN_SMALL_PAGES = 200_000
const LARGE_PAGE = 3125

/**
 * The contacts of a page whose cards are ready. It takes as long to be encoded as the call for the
 * next page waits for the network.
 */
const PAGE_OF_CARDS = 4000

/**
 * The selected contacts in pages, in the order of the file: by name in code-point order, then by
 * id, or in the order of another sort. All of them are selected when the first page is requested. The contacts of a stretch are
 * selected by one statement, which sees one state of the database, and the next stretch right after
 * it. Only a contact that is renamed in between, from one stretch into another, comes twice or not
 * at all.
 *
 * @param open a selection of which nothing has been read, or its first stretch
 * @param known contacts at its beginning that are not returned
 * @param areReady whether the next page is expected to consist of cards that are ready
 */
export async function* selectedPages(
  database: Database,
  open: OpenSelection,
  known: readonly SelectedContact[] = [],
  areReady: () => boolean = () => false,
): AsyncGenerator<readonly SelectedContact[]> {
  const { lists, selection, size } = open
  const loadMore = () => loadStretch(database, open)
  if (lists.every(({ packs, hasEnded }) => packs.length === 0 && !hasEnded)) await loadMore()
  const [only, ...others] = lists
  const byName = () =>
    only && others.length === 0
      ? contactsOfList(only, loadMore)
      : mergedContacts(lists, { loadMore, longerNames: (some) => longerNames(database, some) })
  const { sort } = selection
  const selected = sort ? sortedContacts(database, selection, sort, size) : byName()
  const knownIds = new Set(known.map(({ id }) => id))
  yield* inPages(without(knownIds, readAheadPacked(selected)), known.length, areReady)
}

/** The contacts of a single account list, which needs no merging. */
async function* contactsOfList(
  list: ListPacks,
  loadMore: () => Promise<void>,
): AsyncGenerator<readonly SelectedContact[]> {
  const { accountListId } = list
  for (;;) {
    while (list.packs.length === 0 && !list.hasEnded) await loadMore()
    const pack = list.packs.shift()
    if (!pack) return
    // The JSON comes from our own SQL.
    const ids: readonly string[] = JSON.parse(pack.ids)
    const names: readonly string[] = JSON.parse(pack.names)
    yield ids.map((id, index) => ({ id, accountListId, name: nameInPack(names[index] ?? '') }))
  }
}

/** The contacts of a source without some of the first of them. */
async function* without(
  ids: Set<string>,
  source: AsyncIterable<readonly SelectedContact[]>,
): AsyncGenerator<readonly SelectedContact[]> {
  for await (const some of source) {
    yield ids.size === 0 ? some : some.filter(({ id }) => !ids.delete(id))
  }
}

/** Longer beginnings of the names of contacts than those in packs. */
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

/** Contacts in pages of the sizes above. @param given the number of contacts before them */
async function* inPages(
  chunks: AsyncIterable<readonly SelectedContact[]>,
  given: number,
  areReady: () => boolean,
): AsyncGenerator<readonly SelectedContact[]> {
  let returned = given
  let left: readonly SelectedContact[] = []
  for await (const chunk of chunks) {
    const all = left.length === 0 ? chunk : [...left, ...chunk]
    let from = 0
    for (
      let size = sizeAfter(returned, areReady());
      all.length - from >= size;
      size = sizeAfter(returned, areReady())
    ) {
      yield all.slice(from, from + size)
      from += size
      returned += size
    }
    left = all.slice(from)
  }
  if (left.length > 0) yield left
}

function sizeAfter(returned: number, areReady: boolean): number {
  if (returned === 0) return FIRST_PAGE
  if (areReady) return PAGE_OF_CARDS
  return returned < CONTACTS_IN_SMALL_PAGES ? PAGE : LARGE_PAGE
}
