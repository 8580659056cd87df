import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { csv } from '../../src/formats/csv.ts'
import type { Row, Table } from '../../src/formats/table.ts'
import { xlsx } from '../../src/formats/xlsx.ts'
import { bytesOf, csvRows, sheetRows, workbookOf } from '../helpers/files.ts'

const sheet: Table = {
  title: 'Contacts',
  columns: [
    { heading: 'One', width: 10, type: 'text' },
    { heading: 'Two', width: 10, type: 'lines' },
  ],
  madeAt: new Date(0),
}

/** Takes the apostrophe off that a text got in CSV because a spreadsheet would run it. */
const unguarded = (cell: string): string =>
  /^''*([=@\t\n]|[+-](?![-+(). \d]*$)|[+-][^\d]*$)/.test(cell) ? cell.slice(1) : cell

it('has the same cells in both formats', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        ...'a1 \'"=+-@,;\t\n\r\0\u001f\ud83d\ude00\ufffe\uffff\u007f<&_\u00a0'.split(''),
      ),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1 }), async (rows) => {
      const pages: Row[][] = [rows]
      const inCsv = csvRows(
        new TextDecoder().decode(await bytesOf((all) => csv.encode(sheet, all), pages)),
      )
      const workbook = await workbookOf(await bytesOf((all) => xlsx.encode(sheet, all), pages))
      const [inXlsx] = workbook.worksheets
      expect(inXlsx && sheetRows(inXlsx, 2)).toEqual(inCsv.map((row) => row.map(unguarded)))
    }),
    { numRuns: 60 },
  )
})
