import type { Column } from '../contacts/columns.ts'
import type { Contact } from '../contacts/contact.ts'
import type { Encoding } from '../formats/file-format.ts'
import type { FileContents } from '../storage/keep-file.ts'
import { mapIterator } from '../streams/map-iterator.ts'
import { tableLayout } from './layouts/table-layout.ts'

/** The title of a file, which is the name of its sheet in a workbook. */
const TITLE = 'Contacts'

export type Export = {
  /** The contacts selected, in the order of the file. */
  readonly pages: AsyncIterator<readonly Contact[], void, undefined>
  readonly columns: readonly Column[]
  readonly encoding: Encoding
  /** The date in the file. */
  readonly madeAt: Date
}

/**
 * The pipeline of an export: pages of contacts → layout → format → chunks. A page is read when its
 * bytes are wanted, not before.
 *
 * @returns the bytes, and what has gone into the file so far
 */
export function exportPipeline({ pages, columns, encoding, madeAt }: Export): {
  readonly chunks: AsyncGenerator<Uint8Array>
  readonly contents: () => FileContents
} {
  let rows = 0
  const lists = new Set<string>()

  const count = (page: readonly Contact[]): void => {
    rows += page.length
    for (const { accountListId } of page) lists.add(accountListId)
  }

  const chunksOf = (): AsyncGenerator<Uint8Array> => {
    switch (encoding.layout) {
      case 'table': {
        const { rowOf } = tableLayout(columns)
        const pagesOfRows = mapIterator(pages, (page) => {
          count(page)
          return page.map(rowOf)
        })
        return encoding.encode({ title: TITLE, columns, madeAt }, pagesOfRows)
      }
      default:
        return encoding.layout satisfies never
    }
  }

  return { chunks: chunksOf(), contents: () => ({ rows, accountListIds: [...lists] }) }
}
