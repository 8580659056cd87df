import { definedNamesXml, type FilledSheet } from './defined-names-xml.ts'
import { joinBytes } from '../streams/join-bytes.ts'
import { replaceRequired } from './replace-required.ts'
import { rowXml, sheetColumn } from './sheet-row-xml.ts'
import { sheetEndXml } from './sheet-settings.ts'
import type { Row, Table } from './table.ts'
import { columnLetters } from './column-letters.ts'
import { workbookTemplate } from './workbook-template.ts'
import { zipWriter } from './zip-writer.ts'

/** Excel's limit: the rows of a sheet, including the heading. */
const ROWS_OF_A_SHEET = 1_048_576

/**
 * Writes a workbook in pieces: each call returns the bytes that come next.
 *
 * @param rowsOfASheet the most rows of a sheet, including the heading; tests set a smaller number
 */
export function workbookWriter(table: Table, rowsOfASheet = ROWS_OF_A_SHEET) {
  const zip = zipWriter(table.madeAt)
  const columns = table.columns.map(sheetColumn)
  const filledSheets: FilledSheet[] = []
  let template = workbookTemplate(table, 1)
  /** The rows of the open sheet, including the heading. */
  let filled = 1

  const openSheet = async (): Promise<Uint8Array> => {
    const index = filledSheets.length
    const head = (await template).sheets[index]?.head ?? ''
    return joinBytes([zip.open(`xl/worksheets/sheet${index + 1}.xml`), zip.write(head)])
  }

  const closeSheet = async (): Promise<Uint8Array> => {
    const area = `A1:${columnLetters(columns.length - 1)}${filled}`
    const name = (await template).sheets[filledSheets.length]?.name ?? ''
    filledSheets.push({ name, area })
    return joinBytes([zip.write(sheetEndXml(area)), zip.close()])
  }

  const writePart = (path: string, content: string): Uint8Array =>
    joinBytes([zip.open(path), zip.write(content), zip.close()])

  return {
    async start(): Promise<Uint8Array> {
      const { parts } = await template
      const first = FIRST_PARTS.map((path) => writePart(path, parts.get(path) ?? ''))
      return joinBytes([...first, await openSheet()])
    },

    async write(rows: readonly Row[]): Promise<Uint8Array> {
      const pieces: Uint8Array[] = []
      for (let from = 0; from < rows.length;) {
        if (filled === rowsOfASheet) {
          pieces.push(await closeSheet())
          filled = 1
          template = workbookTemplate(table, filledSheets.length + 1)
          pieces.push(await openSheet())
        }
        const page = rows.slice(from, from + rowsOfASheet - filled)
        pieces.push(
          zip.write(page.map((row, index) => rowXml(row, filled + index + 1, columns)).join('')),
        )
        filled += page.length
        from += page.length
      }
      return joinBytes(pieces)
    },

    async end(): Promise<Uint8Array> {
      const pieces = [await closeSheet()]
      for (const [path, content] of (await template).parts) {
        if (FIRST_PARTS.includes(path)) continue
        const whole =
          path === WORKBOOK
            ? replaceRequired(content, '<definedNames/>', definedNamesXml(filledSheets))
            : content
        pieces.push(writePart(path, whole))
      }
      return joinBytes([...pieces, zip.end()])
    },
  }
}

/**
 * Small parts that are the same for any number of rows and sheets. They come before the sheets:
 * programs that detect a file's type, such as `file`, look for a part of the package and a part
 * below `xl/` among its first few thousand bytes.
 */
const FIRST_PARTS = ['_rels/.rels', 'docProps/core.xml', 'xl/styles.xml', 'xl/sharedStrings.xml']
const WORKBOOK = 'xl/workbook.xml'
