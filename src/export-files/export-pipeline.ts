import type { Column } from '../contacts/columns.ts'
import type { Contact } from '../contacts/contact.ts'
import type { Encoding } from '../formats/file-format.ts'
import type { LabelSheets } from '../formats/labels.ts'
import type { FileContents } from '../storage/keep-file.ts'
import { mapIterator } from '../streams/map-iterator.ts'
import { labelCounter } from './layouts/label-counts.ts'
import { labelOf } from './layouts/labels-layout.ts'
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
  /** How labels are printed, for a format that takes labels. */
  readonly sheets: LabelSheets | undefined
}

/** What happens to pages on their way into a file. */
type Pipeline = {
  readonly chunks: AsyncGenerator<Uint8Array>
  readonly contents: () => FileContents
}

/**
 * The pipeline of an export: pages of contacts → layout → format → chunks. A page is read when its
 * bytes are wanted, not before.
 *
 * @returns the bytes, and what has gone into the file so far
 */
export function exportPipeline({ pages, columns, encoding, madeAt, sheets }: Export): Pipeline {
  let rows = 0
  const lists = new Set<string>()

  const counted = mapIterator(pages, (page) => {
    rows += page.length
    for (const { accountListId } of page) lists.add(accountListId)
    return page
  })
  const contents = () => ({ rows, accountListIds: [...lists] })

  switch (encoding.layout) {
    case 'table': {
      const { rowOf } = tableLayout(columns)
      const pagesOfRows = mapIterator(counted, (page) => page.map(rowOf))
      const chunks = encoding.encode({ title: TITLE, columns, madeAt }, pagesOfRows)
      return { chunks, contents }
    }
    case 'labels': {
      if (!sheets) throw new Error('A file of labels has no sheets.')
      const counter = labelCounter()
      const pagesOfLabels = mapIterator(counted, (page) => {
        const labels = page.flatMap((contact) => labelOf(contact) ?? [])
        counter.addLeftOut(page.length - labels.length)
        return labels
      })
      const chunks = encoding.encode(sheets, pagesOfLabels, counter.addLabel)
      return { chunks, contents: () => ({ ...contents(), labels: counter.counts() }) }
    }
    default:
      return encoding satisfies never
  }
}
