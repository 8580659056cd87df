import type { Database } from '../../db/client.ts'
import type { Contact } from '../contact.ts'
import type { FileAccess } from './access-check.ts'
import type { AccountList } from './account-lists.ts'
import { contactPages } from './contact-pages.ts'
import type { ContactSelection } from './selection/contact-selection.ts'
import { pagesOfIds } from './selection/select-ids.ts'

/** The contacts of a file, and for whom it is. */
export type FileSelection = ContactSelection & FileAccess

/**
 * Reads the contacts of a file, by name in code-point order, then by id, a page at a time. Which
 * contacts is decided at the start. Access is checked with each page.
 *
 * @param lists the account lists of the selection: see `accountListsById`
 * @throws when the log is deleted, or an account list of the file can no longer be read
 */
export const readContacts = (
  database: Database,
  selection: FileSelection,
  lists: readonly AccountList[],
): AsyncIterableIterator<readonly Contact[], void, undefined> =>
  contactPages(database, pagesOfIds(database, selection), lists, selection)
