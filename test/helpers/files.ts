import { parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import * as z from 'zod'
import { fileFormats } from '../../src/formats/file-formats.ts'
import type { Row } from '../../src/formats/table.ts'
import { joinBytes } from '../../src/streams/join-bytes.ts'
import { call, EXPORTS, post, type Call, type PostCall } from './api.ts'

const document = z.object({ data: z.object({ id: z.string() }) })

/** The extension of every file format. */
export const EXTENSIONS = fileFormats.map(({ extension }) => extension)

/** Makes a log and gives its id. */
export async function logOf(filter: unknown, call_: PostCall = {}): Promise<string> {
  const { status, text } = await post({ filter }, call_)
  if (status !== 201) throw new Error(`${status} ${text}`)
  return document.parse(JSON.parse(text)).data.id
}

/** Downloads a log's file. */
export const download = (id: string, extension = 'csv', call_: Call = {}) =>
  call(`${EXPORTS}/${id}.${extension}`, call_)

/** All bytes of a file that is made, of these pages if it wants some. */
export async function bytesOf(
  encode: (pages: AsyncIterable<readonly Row[]>) => AsyncIterable<Uint8Array>,
  pages: readonly (readonly Row[])[],
) {
  const chunks: Uint8Array[] = []
  for await (const chunk of encode(eachOf(pages))) chunks.push(chunk)
  return joinBytes(chunks)
}

async function* eachOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

/** The rows of a CSV file, by a strict reader of RFC 4180; the first are the headings. */
export const csvRows = (text: string): string[][] =>
  parse(text, { record_delimiter: '\r\n', relax_quotes: false, bom: false })

/** The rows that a filter gives, as objects by heading. */
export async function exported(filter: unknown, call_: Call = {}) {
  const { text } = await download(await logOf(filter, call_), 'csv', call_)
  const [headings = [], ...rows] = csvRows(text)
  return rows.map((row) =>
    Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? ''])),
  )
}

/** The names that a filter selects, in the order of the file. */
export const exportedNames = async (filter: unknown, call_: Call = {}) =>
  (await exported(filter, call_)).map((row) => row['Contact Name'])

/** A workbook as exceljs reads it. */
export async function workbookOf(bytes: Uint8Array<ArrayBuffer>) {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer)
  return workbook
}

/** The cells of a sheet as exceljs reads them; an empty one is ''. */
export const sheetRows = (sheet: ExcelJS.Worksheet, columns: number): unknown[][] =>
  Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from(
      { length: columns },
      (__, column) => sheet.getRow(row + 1).getCell(column + 1).value ?? '',
    ),
  )
