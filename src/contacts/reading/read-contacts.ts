import type { Database } from '../../db/client.ts'
import { logError } from '../../log.ts'
import { mapIterator } from '../../streams/map-iterator.ts'
import { accessCheck, noAccessCheck, type FileAccess } from './access-check.ts'
import type { AccountList } from './rows/account-lists.ts'
import { contactOfRow } from './rows/contact-of-row.ts'
import type { Contact } from '../contact.ts'
import { TEXT_BYTES } from './rows/long-texts.ts'
import { readBatches, rowOf, type FoundContact } from './rows/read-batches.ts'
import type { Reading } from './rows/read-rows.ts'
import type { ContactSelection } from './selection/contact-selection.ts'
import { pagesOfIds } from './selection/select-ids.ts'

/** The contacts of a file: which, for whom. */
export type FileSelection = ContactSelection & FileAccess

/** How many statements of a file may fail for the data that they meet. */
const MOST_FAILURES = 200

/** So long what has been read may wait, in milliseconds: then it may have been deleted, or moved to somebody else. */
const FRESH_MILLISECONDS = 1000

/**
 * The contacts of a file, in its order, a page at a time. Access is checked with each page.
 *
 * @throws when the log is deleted, or an account list of the file can no longer be read
 */
export const readContacts = (
  database: Database,
  selection: FileSelection,
  lists: readonly AccountList[],
): AsyncIterableIterator<readonly Contact[]> =>
  contactPages(database, pagesOfIds(database, selection), lists, selection)

/**
 * The contacts with these ids, in their order, a page at a time. Left out are those that are in none of the account lists,
 * those deleted meanwhile, and those all of whose people are deceased.
 *
 * A page takes one statement. It is bounded in bytes, too: contacts with long texts are in pages of their own.
 *
 * @param fileAccess what has to hold with each page; nothing without it
 * @param textBytes a text with more bytes is cut
 */
export function contactPages(
  database: Database,
  idPages: AsyncIterable<readonly string[]>,
  lists: readonly AccountList[],
  fileAccess?: FileAccess,
  textBytes = TEXT_BYTES,
): AsyncIterableIterator<readonly Contact[]> {
  const listsById = new Map(lists.map((list) => [list.id, list]))
  const reading: Reading = {
    database,
    access: fileAccess ? accessCheck(database, fileAccess, [...listsById.keys()]) : noAccessCheck,
    failures: { left: MOST_FAILURES },
    textBytes,
    failed: (contactId, error) =>
      logError('contact_not_read', error, { contactId, exportLogId: fileAccess?.exportLogId }),
  }
  return mapIterator(freshBatches(idPages, reading), async (batch) => {
    const contacts = batch.flatMap((found) => {
      const row = rowOf(found)
      return (row && contactOfRow(found.id, row, listsById)) ?? []
    })
    await reading.access.admit(new Set(contacts.map(({ accountListId }) => accountListId)))
    return contacts
  })
}

/** What has been found of the contacts. What waits for a client that does not read on is read again before it is given out. */
async function* freshBatches(
  idPages: AsyncIterable<readonly string[]>,
  reading: Reading,
): AsyncGenerator<readonly FoundContact[], void, undefined> {
  for await (const ids of idPages) {
    for (let rest = ids; rest.length > 0;) {
      const readAt = Date.now()
      for await (const batch of readBatches(rest, reading)) {
        yield batch
        rest = rest.slice(batch.length)
        if (Date.now() - readAt > FRESH_MILLISECONDS) break
      }
    }
  }
}
