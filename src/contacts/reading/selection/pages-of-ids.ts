import { sql } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { isAmong } from '../../../db/in-list.ts'
import { contacts } from '../../../db/schema/index.ts'
import { looksAtStatusAlone, type ContactSelection } from './contact-selection.ts'
import { loadStretch, openList, type OpenList } from './load-stretch.ts'
import { mergedIds } from './merged-ids.ts'
import { readAheadPacked } from './read-ahead-packed.ts'
import type { StretchSize } from './select-packs.ts'
import { sortedIds } from './sorted-ids.ts'

/**
 * A third of a million contacts. A pack of one account list is a value of 1 MB; D1 takes at most
 * 2 MB.
 */
const STRETCH: StretchSize = { contacts: 325_000, contactsOfAPack: 25_000 }

/** More of a name than a pack contains. */
const LONG_NAME_CHARACTERS = 500

/**
 * The contacts of a page. Larger pages are not much faster, and other requests would wait longer
 * for the statement that reads one.
 */
const PAGE = 1150

/** The first pages are small, so that the first contacts are sent early. */
const FIRST_PAGES = [100, 200]

/**
 * After this number of contacts, pages are large. D1 takes 1,000 queries a request, which have to
 * be enough for a million contacts.
 */
const CONTACTS_IN_SMALL_PAGES = 250_000
const LARGE_PAGE = 3125

/**
 * The ids of the selected contacts in pages, in the order of the file: by name in code-point order,
 * then by id, or in the order of another sort. All of them are selected when the first page is requested. The contacts of a stretch
 * are selected by one statement, which sees one state of the database, and the next stretch right
 * after it. Only a contact that is renamed in between, from one stretch into another, comes twice
 * or not at all.
 *
 * @param size the size of a stretch; it is smaller with several account lists, whose names are read
 */
export async function* pagesOfIds(
  database: Database,
  selection: ContactSelection,
  size?: StretchSize,
): AsyncGenerator<readonly string[]> {
  const ids = selection.sort
    ? sortedIds(database, selection, selection.sort, size)
    : idsByName(database, selection, size)
  yield* inPages(readAheadPacked(ids))
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
  yield* only && others.length === 0
    ? idsOfList(only, loadMore)
    : mergedIds(lists, { loadMore, longerNames: (some) => longerNames(database, some) })
}

/** The ids of a single account list, which needs no merging. */
async function* idsOfList(
  list: OpenList,
  loadMore: () => Promise<void>,
): AsyncGenerator<readonly string[]> {
  for (;;) {
    while (list.packs.length === 0 && !list.hasEnded) await loadMore()
    const pack = list.packs.shift()
    if (!pack) return
    // The JSON comes from our own SQL.
    const ids: readonly string[] = JSON.parse(pack.ids)
    yield ids
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

/** Ids in pages of the sizes above. */
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
