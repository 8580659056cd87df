import { mapIterator } from '../streams/map-iterator.ts'
import type { FileFormat } from './file-format.ts'
import { workbookWriter } from './workbook-writer.ts'

/** XLSX (ECMA-376): the parts of a workbook by write-excel-file, with our rows in its sheets. */
export const xlsx = {
  extension: 'xlsx',
  title: 'XLSX',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  layout: 'table',
  async *encode(table, pages) {
    const workbook = workbookWriter(table)
    yield await workbook.start()
    const chunks = mapIterator(pages[Symbol.asyncIterator](), (rows) =>
      rows.length > 0 ? workbook.write(rows) : undefined,
    )
    for await (const chunk of chunks) if (chunk) yield chunk
    yield await workbook.end()
  },
  variants: [],
} satisfies FileFormat
