import { freshSlices } from '../../../streams/fresh-slices.ts'
import { mapAhead } from '../../../streams/map-ahead.ts'
import { mapIterator } from '../../../streams/map-iterator.ts'
import type { Contact } from '../../contact.ts'
import type { AccountList } from './account-lists-by-id.ts'
import { contactOfRow } from './contact-of-row.ts'
import { readBatch, type RowsOf } from './read-batch.ts'
import type { Reading } from './reading.ts'

/**
 * How long contacts that have been read may wait, in milliseconds. After that they may have been
 * deleted, or moved to another account list.
 */
const FRESH_MILLISECONDS = 1000

/** The contacts that are converted, encoded and sent at once, so that no silence is long. */
const CONTACTS_AT_ONCE = 1000

/**
 * These contacts, in their order, in pages. It leaves out those that are in none of the account
 * lists, those that have been deleted, and those whose people are all deceased.
 *
 * A page is read while the page before it is used, one page ahead, and is returned in smaller ones.
 * A page is bounded in bytes, too: contacts with long texts are read in several pages. For a reader
 * that does not read on, only what identifies contacts is held: many files may wait for their
 * clients.
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

  const readFirst = (page: readonly Item[]) => readBatch(page, reading, rowsOf)

  const batches = mapAhead(
    toRead(),
    async (page) => {
      const batch = await readFirst(page)
      read = batch.length
      return batch
    },
    FRESH_MILLISECONDS,
  )

  return mapIterator(
    freshSlices(batches, CONTACTS_AT_ONCE, readFirst, FRESH_MILLISECONDS),
    async (slice) => {
      const contacts = slice.flatMap(({ item, row }) => {
        const array = row()
        return (array && contactOfRow(item.id, array, lists)) ?? []
      })
      await reading.access.admit(new Set(contacts.map(({ accountListId }) => accountListId)))
      return contacts
    },
  )
}
