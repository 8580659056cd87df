import type { Database } from '../../db/client.ts'
import type { Contact } from '../contact.ts'
import { accessCheck, type FileAccess } from './access-check.ts'
import { accountListsById, type AccountList } from './rows/account-lists-by-id.ts'
import { contactPages } from './rows/contact-pages.ts'
import { newReading } from './rows/reading.ts'
import type { ContactSelection } from './selection/contact-selection.ts'
import { pagesOfIds } from './selection/pages-of-ids.ts'

/** The contacts of a file: which, and for whom. */
export type FileSelection = ContactSelection & FileAccess

/**
 * The selected contacts in pages, by name in code-point order, then by id, or in the order of
 * another sort. By name, it merges one ordered stream of each account list.
 *
 * Which contacts are selected is decided when the first page is requested. What is stored of them
 * is read when their page is requested, and access is checked with it.
 *
 * @throws AccessWithdrawn when the log is deleted, or an account list of the file can no longer be
 *   read
 */
export function readContacts(
  database: Database,
  selection: FileSelection,
): AsyncIterableIterator<readonly Contact[], void, undefined> {
  const { accountListIds, exportLogId } = selection
  const lists = new Map<string, AccountList>()

  /** The account lists are read while the contacts are selected. */
  async function* idPages(): AsyncGenerator<readonly string[]> {
    const pages = pagesOfIds(database, selection)
    try {
      const [first, found] = await Promise.all([
        pages.next(),
        accountListsById(database, accountListIds),
      ])
      for (const list of found) lists.set(list.id, list)
      if (first.done) return
      yield first.value
      yield* pages
    } finally {
      await pages.return(undefined)
    }
  }

  const access = accessCheck(database, selection, accountListIds)
  return contactPages(idPages(), lists, newReading(database, access, { exportLogId }))
}
