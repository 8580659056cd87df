import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { DatabaseSync } from 'node:sqlite'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type ExcelJS from 'exceljs'
import { cellsOfJson, exportSelect, headings } from './select.ts'

/**
 * What one would use instead, under Node: `node peer.ts <name> <SQLite file> <account list> <folder of the packages> <file>`.
 * It reads the same SELECT, makes the same cells, and writes a finished file. It prints the milliseconds that this took,
 * without the start of Node.
 */

type Row = readonly (string | number | null)[]

const [name = '', databaseFile = '', accountListId = '', packages = '', file = ''] =
  process.argv.slice(2)

const load = createRequire(`${packages}/package.json`)

function* rows(): Generator<Row> {
  const database = new DatabaseSync(databaseFile, { readOnly: true })
  yield headings
  for (const { contact } of database.prepare(exportSelect(accountListId)).iterate()) {
    const cells = cellsOfJson(String(contact), accountListId)
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
    const workbook = new stream.xlsx.WorkbookWriter({ stream: output })
    const sheet = workbook.addWorksheet('Contacts')
    let added = 0
    for (const row of rows()) {
      sheet.addRow([...row]).commit()
      added += 1
      // A stream that is never given the time to drain would hold the whole file.
      if (added % 1000 === 0 && output.writableNeedDrain) await once(output, 'drain')
    }
    await workbook.commit()
  },

  async SheetJS() {
    type SheetJS = {
      readonly utils: {
        readonly aoa_to_sheet: (rows: readonly Row[], options: object) => unknown
        readonly book_new: () => unknown
        readonly book_append_sheet: (workbook: unknown, sheet: unknown, name: string) => void
      }
      readonly writeFile: (workbook: unknown, file: string, options: object) => void
    }
    const { utils, writeFile }: SheetJS = load('xlsx')
    const workbook = utils.book_new()
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([...rows()], { dense: true }), 'Contacts')
    writeFile(workbook, file, { compression: true })
  },

  async 'write-excel-file'() {
    type Write = (rows: readonly object[]) => { readonly toFile: (file: string) => Promise<void> }
    const { default: write }: { readonly default: Write } = load('write-excel-file/node')
    await write([...rows()].map((row) => row.map((value) => ({ value })))).toFile(file)
  },
}

const peer = peers[name]
if (!peer) throw new Error(`There is no peer ${name}.`)
const start = performance.now()
await peer()
console.log(performance.now() - start)
