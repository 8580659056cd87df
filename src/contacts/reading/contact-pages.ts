import type { Database } from '../../db/client.ts'
import { logError } from '../../log.ts'
import { mapIterator } from '../../streams/map-iterator.ts'
import type { Contact } from '../contact.ts'
import { accessCheck, noAccessCheck, type FileAccess } from './access-check.ts'
import type { AccountList } from './account-lists.ts'
import { batchReader, rowOf, type FoundContact } from './rows/batch-reader.ts'
import { contactOfRow } from './rows/contact-of-row.ts'
import { TEXT_BYTES } from './rows/long-texts.ts'
import type { Reading } from './rows/read-rows.ts'

/** How many statements of a file may fail because of the data that they read. */
const MOST_FAILURES = 200

/**
 * How long contacts that have been read may wait, in milliseconds. After that they may have been
 * deleted, or moved to another account list.
 */
const FRESH_MILLISECONDS = 1000

/**
 * The contacts with these ids, in their order, a page at a time. It leaves out contacts that are in
 * none of the account lists, those deleted meanwhile, and those whose people are all deceased.
 *
 * A page takes one statement. Its bytes are limited as well: contacts with long texts are in pages
 * of their own.
 *
 * @param fileAccess is checked with each page
 * @param textBytes a text with more bytes is cut
 * @throws when access has been withdrawn
 */
export function contactPages(
  database: Database,
  idPages: AsyncIterator<readonly string[], void, undefined>,
  lists: readonly AccountList[],
  fileAccess?: FileAccess,
  textBytes = TEXT_BYTES,
): AsyncIterableIterator<readonly Contact[], void, undefined> {
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

/**
 * What has been found of the contacts, in batches. Batches that wait for a stalled client are read
 * again.
 *
 * It is no generator: that would keep the last batch while its reader waits.
 */
function freshBatches(
  idPages: AsyncIterator<readonly string[], void, undefined>,
  reading: Reading,
): AsyncIterator<readonly FoundContact[], void, undefined> {
  let rest: readonly string[] = []
  let readBatch: ReturnType<typeof batchReader> | undefined
  let readAt = 0

  const end = async () => {
    await idPages.return?.()
    return { done: true as const, value: undefined }
  }

  const readNext = async (): Promise<readonly FoundContact[]> => {
    if (!readBatch || Date.now() - readAt > FRESH_MILLISECONDS) {
      readAt = Date.now()
      readBatch = batchReader(rest, reading)
    }
    const batch = await readBatch()
    rest = rest.slice(batch.length)
    if (rest.length === 0) readBatch = undefined
    return batch
  }

  return {
    async next() {
      while (rest.length === 0) {
        const page = await idPages.next()
        if (page.done) return page
        rest = page.value
      }
      try {
        return { value: await readNext() }
      } catch (error) {
        await end()
        throw error
      }
    },
    return: end,
  }
}
