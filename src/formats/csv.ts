import { csvCell } from './csv-cell.ts'
import type { FileFormat, TableEncoding } from './file-format.ts'
import { mapIterator } from '../streams/map-iterator.ts'
import type { Row } from './table.ts'

/** A single empty cell stands in quotes: readers skip blank lines. */
const EMPTY_LINE = '""'

const BYTE_ORDER_MARK = '\ufeff'

/** @param start what is written before the headings */
const encoding = (start: string): TableEncoding => ({
  layout: 'table',
  async *encode({ columns }, pages) {
    const { readable, writable } = csvStream(start + lineOf(columns.map(({ heading }) => heading)))
    const reader = readable.getReader()
    const writer = writable.getWriter()
    try {
      const headings = await reader.read()
      if (headings.value) yield headings.value
      // A page is written when its text is wanted: a pipe would read one page ahead.
      const texts = mapIterator(pages[Symbol.asyncIterator](), async (rows) => {
        if (rows.length === 0) return undefined
        const [text] = await Promise.all([reader.read(), writer.write(rows)])
        return text.value
      })
      for await (const text of texts) if (text) yield text
    } finally {
      await writer.abort()
    }
  },
})

/** Turns pages of rows into text in UTF-8, after the line of headings. */
function csvStream(headings: string) {
  const encoder = new TextEncoder()
  return new TransformStream<readonly Row[], Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(headings)),
    transform: (rows, controller) => controller.enqueue(encoder.encode(rows.map(lineOf).join(''))),
  })
}

const lineOf = (row: Row): string => `${row.map(csvCell).join(',') || EMPTY_LINE}\r\n`

/** CSV by RFC 4180: commas, CRLF, UTF-8, quotes only where some reader needs them. */
export const csv = {
  extension: 'csv',
  title: 'CSV',
  mediaType: 'text/csv; charset=utf-8; header=present',
  ...encoding(''),
  variants: [
    {
      // Excel reads CSV as UTF-8 only with a byte order mark.
      name: 'bom',
      title: 'for Excel',
      description: 'puts a byte order mark in front of CSV, for Excel',
      ...encoding(BYTE_ORDER_MARK),
    },
  ],
} satisfies FileFormat
