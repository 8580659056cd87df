import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import type { Contact } from '../contact.ts'
import { accessCheck, type FileAccess } from './access-check.ts'
import { firstPageOf, firstPageStatements, type FirstRow } from './cards/first-page.ts'
import { DENSE, type MadeRow } from './cards/card-statements.ts'
import { newCards, readCards, readRest } from './cards/read-cards.ts'
import { accountListsById, type AccountList } from './rows/account-lists-by-id.ts'
import { contactPages } from './rows/contact-pages.ts'
import type { FoundRow } from './rows/read-rows.ts'
import { newReading } from './rows/reading.ts'
import type { ContactSelection } from './selection/contact-selection.ts'
import {
  densityOf,
  openSelection,
  stretchStatements,
  takeStretch,
  type PackRow,
} from './selection/load-stretch.ts'
import { selectedPages } from './selection/selected-pages.ts'
import type { SelectedContact } from './selection/selected-contact.ts'

/** The contacts of a file: which, and for whom. */
export type FileSelection = ContactSelection & FileAccess

/** What the first statements return. */
export type FirstResults = readonly [
  lists: readonly AccountList[],
  ready: readonly FirstRow[],
  made: readonly MadeRow[],
  ...packs: (readonly PackRow[])[],
]

/**
 * Reads the contacts of a file, by name in code-point order, then by id, or in the order of another
 * sort. The first statements can
 * be part of a batch of the caller, so that they take no call of their own:
 *
 * ```ts
 * const [claimed, ...results] = await database.retry(() =>
 *   database.batch([claim, ...reading.firstStatements()]),
 * )
 * const pages = reading.pages(results)
 * ```
 *
 * One of them writes cards, on which the file does not depend. When such a batch fails, repeat it
 * without them.
 */
export function contactReading(database: Database, selection: FileSelection) {
  const access = accessCheck(database, selection, selection.accountListIds)
  const reading = newReading(database, access, { exportLogId: selection.exportLogId })
  const open = openSelection(selection)
  const lists = new Map<string, AccountList>()
  const cards = newCards()

  /**
   * The account lists, the first page with its cards, and the beginning of the selection.
   *
   * @param condition without it no contact is examined
   */
  const firstStatements = (condition = sql`true`) =>
    [
      accountListsById(database, selection.accountListIds),
      ...firstPageStatements(database, selection, access, condition),
      ...stretchStatements(database, open, condition),
    ] as const

  /** A part of the first statements has failed: the file is read page by page. */
  const withoutFirstPage = async (): Promise<FirstResults> => {
    cards.failures += 1
    return [await accountListsById(database, selection.accountListIds), [], []]
  }

  let rowsOfFirst: ReadonlyMap<string, FoundRow> | undefined

  /** The rows of the first page are used once: a page that is read again is read anew. */
  const rowsOf = (selected: readonly SelectedContact[]) => {
    const rows = rowsOfFirst
    rowsOfFirst = undefined
    return rows
      ? readRest(selected, rows, reading)
      : readCards(selected, reading, cards, densityOf(open) >= DENSE)
  }

  async function* selectedIn(
    results: FirstResults | undefined,
  ): AsyncGenerator<readonly SelectedContact[]> {
    const [foundLists, ready, made, ...packs] = results ?? (await withoutFirstPage())
    for (const list of foundLists) lists.set(list.id, list)
    takeStretch(open, packs)
    const { selected, rows, last } = firstPageOf(ready, made, access)
    cards.last = last
    // The others are selected now, however late the next page is requested.
    const others = selectedPages(
      database,
      open,
      selected,
      () => !cards.hadLarge && !cards.last.hadMissing,
    )
    const second = others.next()
    // An error is thrown where the page is requested.
    void Promise.allSettled([second])
    try {
      if (selected.length > 0) {
        rowsOfFirst = rows
        yield selected
      }
      const next = await second
      if (next.done) return
      yield next.value
      yield* others
    } finally {
      await others.return(undefined)
    }
  }

  /**
   * The contacts in pages. Which contacts is decided by the first statements. What is stored of
   * them is read when their page is requested, and access is checked with it.
   *
   * @param results of the first statements; none if their batch has failed
   * @throws AccessWithdrawn when the log is deleted, or an account list of the file can no longer
   *   be read
   */
  const pages = (
    results?: FirstResults,
  ): AsyncIterableIterator<readonly Contact[], void, undefined> =>
    contactPages(selectedIn(results), lists, reading, rowsOf)

  return { firstStatements, pages }
}
