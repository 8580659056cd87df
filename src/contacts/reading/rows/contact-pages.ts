import { mapAhead } from '../../../streams/map-ahead.ts'
import type { Contact } from '../../contact.ts'
import type { AccountList } from './account-lists-by-id.ts'
import { contactOfRow } from './contact-of-row.ts'
import { readBatch } from './read-batch.ts'
import type { Reading } from './reading.ts'

/**
 * How long contacts that have been read may wait, in milliseconds. After that they may have been
 * deleted, or moved to another account list.
 */
const FRESH_MILLISECONDS = 1000

/**
 * The contacts with these ids, in their order, in pages. It leaves out those that are in none of
 * the account lists, those that have been deleted, and those whose people are all deceased.
 *
 * A page is one statement, which is made while the page before it is used, one page ahead. A page
 * is bounded in bytes, too: a page of ids with long texts comes in several pages. For a reader that
 * does not read on, nothing but ids is held: many files may wait for their clients.
 *
 * @param lists the account lists by their ids; complete when the first page of ids is there
 */
export function contactPages(
  idPages: AsyncIterable<readonly string[]>,
  lists: ReadonlyMap<string, AccountList>,
  reading: Reading,
): AsyncIterableIterator<readonly Contact[], void, undefined> {
  let read = 0

  async function* idsToRead(): AsyncGenerator<readonly string[], void, undefined> {
    for await (const ids of idPages) {
      let most = ids.length
      for (let from = 0; from < ids.length; from += read) {
        yield ids.slice(from, from + most)
        most = 2 * read
      }
    }
  }

  return mapAhead(idsToRead(), readPage, FRESH_MILLISECONDS)

  async function readPage(ids: readonly string[]): Promise<readonly Contact[]> {
    const batch = await readBatch(ids, reading)
    read = batch.length
    const contacts = batch.flatMap(({ id, row }) => (row && contactOfRow(id, row, lists)) ?? [])
    await reading.access.admit(new Set(contacts.map(({ accountListId }) => accountListId)))
    return contacts
  }
}
