import { cellsOf, type Column } from '../contacts/columns.ts'
import type { Contact } from '../contacts/contact.ts'
import type { FileContents } from '../storage/keep-file.ts'
import type { Format, Row } from '../formats/format.ts'
import { mapIterator } from '../streams/map-iterator.ts'

export type Export = {
  /** The contacts selected, in the order of the file. */
  readonly pages: AsyncIterator<readonly Contact[], void, undefined>
  readonly format: Format
  readonly columns: readonly Column[]
  readonly title: string
  readonly madeAt: Date
}

/**
 * The way of an export: pages of contacts → cells → the format's bytes. Nothing is read before its bytes are
 * wanted.
 *
 * @returns the bytes, and what has gone into the file so far
 */
export function runExport({ pages, format, columns, title, madeAt }: Export): {
  chunks: AsyncGenerator<Uint8Array>
  contents: () => FileContents
} {
  let rows = 0
  const lists = new Set<string>()

  const pagesOfCells = mapIterator(pages, (page): readonly Row[] => {
    rows += page.length
    for (const { accountListId } of page) lists.add(accountListId)
    return page.map((contact) => cellsOf(contact, columns))
  })

  const chunks = format.encode({ title, columns, madeAt }, pagesOfCells)
  return { chunks, contents: () => ({ rows, accountListIds: [...lists] }) }
}
