import { mapIterator } from '../../../streams/map-iterator.ts'
import type { Contact } from '../../contact.ts'
import type { AccountList } from './account-lists-by-id.ts'
import { contactOfRow } from './contact-of-row.ts'
import { readBatch, type RowsOf } from './read-batch.ts'
import type { Reading } from './reading.ts'

/**
 * These contacts, in their order, in pages. It leaves out those that are in none of the account
 * lists, those that have been deleted, and those whose people are all deceased.
 *
 * A page is read when it is requested. A page is bounded in bytes, too: contacts with long texts
 * come in several pages. Only what identifies contacts is held between two pages: many files may
 * wait for their clients.
 *
 * @param lists the account lists by their ids; complete when the first page of `selected` is there
 * @param rowsOf reads the rows of a page
 */
export function contactPages<Item extends { readonly id: string }>(
  selected: AsyncIterable<readonly Item[]>,
  lists: ReadonlyMap<string, AccountList>,
  reading: Reading,
  rowsOf: RowsOf<Item>,
): AsyncIterableIterator<readonly Contact[], void, undefined> {
  let read = 0

  async function* toRead(): AsyncGenerator<readonly Item[], void, undefined> {
    for await (const page of selected) {
      let most = page.length
      for (let from = 0; from < page.length; from += read) {
        yield page.slice(from, from + most)
        most = 2 * read
      }
    }
  }

  return mapIterator(toRead(), async (page) => {
    const batch = await readBatch(page, reading, rowsOf)
    read = batch.length
    const contacts = batch.flatMap(({ id, row }) => (row && contactOfRow(id, row, lists)) ?? [])
    await reading.access.admit(new Set(contacts.map(({ accountListId }) => accountListId)))
    return contacts
  })
}
