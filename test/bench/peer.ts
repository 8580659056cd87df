import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type ExcelJS from 'exceljs'
import { contactColumns } from '../../src/contacts/columns.ts'
import { cellsOf, plainJoin } from './plain-join.ts'

/**
 * What one would use instead, under Node: `node peer.ts <name> <SQLite file> <account list> <folder of the packages> <file>`.
 * It reads the same SELECT, makes the same cells, and writes a finished file that looks the same, as far as it can: bold
 * and frozen headings, widths, amounts of two decimals, a filter over all. It prints the milliseconds that this took,
 * without the start of Node.
 */

type Row = readonly (string | number | null)[]

const [name = '', databaseFile = '', accountListId = '', packages = '', file = ''] =
  process.argv.slice(2)

const load = createRequire(`${packages}/package.json`)

const AMOUNT = contactColumns.findIndex(({ type }) => type === 'amount')
const AMOUNT_FORMAT = '0.00'

function* rows(): Generator<Row> {
  const database = new DatabaseSync(databaseFile, { readOnly: true })
  yield contactColumns.map(({ heading }) => heading)
  for (const row of database.prepare(plainJoin(accountListId)).iterate()) {
    const cells = cellsOf(row, accountListId)
    if (cells) yield cells
  }
  database.close()
}

const peers: Readonly<Record<string, () => Promise<unknown>>> = {
  async 'csv-stringify'() {
    const { stringify }: { stringify: (options: object) => Transform } = load('csv-stringify')
    await pipeline(
      Readable.from(rows()),
      stringify({ record_delimiter: '\r\n' }),
      createWriteStream(file),
    )
  },

  async exceljs() {
    const { stream }: typeof ExcelJS = load('exceljs')
    const output = createWriteStream(file)
    const workbook = new stream.xlsx.WorkbookWriter({ stream: output, useStyles: true })
    const views = [{ state: 'frozen' as const, ySplit: 1 }]
    const sheet = workbook.addWorksheet('Contacts', { views })
    sheet.columns = contactColumns.map(({ width }) => ({ width }))
    let added = 0
    for (const cells of rows()) {
      const row = sheet.addRow([...cells])
      if (added === 0) row.font = { bold: true }
      else row.getCell(AMOUNT + 1).numFmt = AMOUNT_FORMAT
      row.commit()
      added += 1
      // A stream that is never given the time to drain would hold the whole file.
      if (added % 1000 === 0 && output.writableNeedDrain) await once(output, 'drain')
    }
    sheet.autoFilter = {
      from: { row: 1, column: 1 },
      to: { row: added, column: contactColumns.length },
    }
    await workbook.commit()
  },

  async SheetJS() {
    type SheetJS = {
      readonly utils: {
        readonly aoa_to_sheet: (rows: readonly (readonly object[])[], options: object) => object
        readonly encode_range: (range: object) => string
        readonly book_new: () => unknown
        readonly book_append_sheet: (workbook: unknown, sheet: unknown, name: string) => void
      }
      readonly writeFile: (workbook: unknown, file: string, options: object) => void
    }
    const { utils, writeFile }: SheetJS = load('xlsx')
    const cells = [...rows()].map((row) =>
      row.map((value) =>
        typeof value === 'number'
          ? { t: 'n', v: value, z: AMOUNT_FORMAT }
          : { t: value === null ? 'z' : 's', v: value },
      ),
    )
    const end = { r: cells.length - 1, c: contactColumns.length - 1 }
    const sheet = Object.assign(utils.aoa_to_sheet(cells, { dense: true }), {
      '!cols': contactColumns.map(({ width }) => ({ wch: width })),
      '!autofilter': { ref: utils.encode_range({ s: { r: 0, c: 0 }, e: end }) },
    })
    const workbook = utils.book_new()
    utils.book_append_sheet(workbook, sheet, 'Contacts')
    writeFile(workbook, file, { compression: true })
  },

  async 'write-excel-file'() {
    type Write = (
      rows: readonly object[],
      options: object,
    ) => { readonly toFile: (file: string) => Promise<void> }
    const { default: write }: { readonly default: Write } = load('write-excel-file/node')
    const cells = [...rows()].map((row, index) =>
      row.map((value) => {
        if (index === 0) return { value, fontWeight: 'bold' }
        return typeof value === 'number' ? { value, format: AMOUNT_FORMAT } : { value }
      }),
    )
    const columns = contactColumns.map(({ width }) => ({ width }))
    await write(cells, { sheet: 'Contacts', columns, stickyRowsCount: 1 }).toFile(file)
  },
}

const peer = peers[name]
if (!peer) throw new Error(`There is no peer ${name}.`)
const start = performance.now()
await peer()
console.log(performance.now() - start)
