import { withLineFeeds, type Cell, type Format, type Row, type SheetFormat } from './format.ts'
import { columnLetters, workbookTemplate } from './workbook-template.ts'
import { concatenated, zipWriter } from './zip.ts'

/** Excel's limits: rows of a sheet, the heading's included, and UTF-16 units of a cell. */
const ROWS_OF_A_SHEET = 1_048_576
const UNITS_OF_A_CELL = 32_767

/** XLSX (ECMA-376): the workbook as write-excel-file makes it, our rows streamed into its sheets. */
export const xlsx: Format = {
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async *encode(sheet, pages) {
    const workbook = workbookWriter(sheet)
    yield await workbook.start()
    for await (const rows of pages) {
      if (rows.length > 0) yield await workbook.write(rows)
    }
    yield await workbook.end()
  },
}

/** The bytes of a workbook, in the order in which they leave. `rowsOfASheet` is there for tests alone. */
export function workbookWriter(sheet: SheetFormat, rowsOfASheet = ROWS_OF_A_SHEET) {
  const zip = zipWriter(sheet.madeAt)
  const letters = sheet.columns.map((_, index) => columnLetters(index))
  let template = workbookTemplate(sheet, 1)
  let sheetNumber = 1
  /** Rows in the open sheet, the heading's included. */
  let filled = 1

  const openSheet = async (): Promise<Uint8Array> => {
    const head = (await template).sheets[sheetNumber - 1]?.head ?? ''
    return concatenated([zip.open(`xl/worksheets/sheet${sheetNumber}.xml`), zip.write(head)])
  }

  const closeSheet = async (): Promise<Uint8Array> => {
    const tail = (await template).sheets[sheetNumber - 1]?.tail ?? ''
    const filter = `<autoFilter ref="A1:${letters.at(-1)}${filled}"/>`
    return concatenated([
      zip.write(tail.replace('</worksheet>', `${filter}</worksheet>`)),
      zip.close(),
    ])
  }

  const writePart = (path: string, content: string): Uint8Array =>
    concatenated([zip.open(path), zip.write(content), zip.close()])

  /** The part that tells what the package is goes first: readers that look at the first bytes only know it by that. */
  const FIRST_PART = '_rels/.rels'

  return {
    async start(): Promise<Uint8Array> {
      const first = (await template).parts.get(FIRST_PART) ?? ''
      return concatenated([writePart(FIRST_PART, first), await openSheet()])
    },

    async write(rows: readonly Row[]): Promise<Uint8Array> {
      const { styles } = await template
      const pieces: Uint8Array[] = []
      for (let from = 0; from < rows.length;) {
        if (filled === rowsOfASheet) {
          pieces.push(await closeSheet())
          sheetNumber += 1
          filled = 1
          template = workbookTemplate(sheet, sheetNumber)
          pieces.push(await openSheet())
        }
        const page = rows.slice(from, from + rowsOfASheet - filled)
        pieces.push(
          zip.write(
            page.map((row, index) => rowXml(row, filled + index + 1, letters, styles)).join(''),
          ),
        )
        filled += page.length
        from += page.length
      }
      return concatenated(pieces)
    },

    async end(): Promise<Uint8Array> {
      const pieces = [await closeSheet()]
      for (const [path, content] of (await template).parts) {
        if (path !== FIRST_PART) pieces.push(writePart(path, content))
      }
      return concatenated([...pieces, zip.end()])
    },
  }
}

function rowXml(
  row: Row,
  number: number,
  letters: readonly string[],
  styles: readonly (string | undefined)[],
): string {
  let xml = `<row r="${number}">`
  for (const [index, cell] of row.entries()) {
    xml += cellXml(cell, `${letters[index]}${number}`, styles[index])
  }
  return `${xml}</row>`
}

/** A text with any of these cannot go out as it is. */
const special = /[^ -%'-;=?-^`-~\u00a0-\ud7ff\ue000-\ufffd]|^\s|\s$/

/** A cell with its reference, without which some readers lose count; nothing for an empty one. */
function cellXml(cell: Cell, reference: string, style: string | undefined): string {
  if (typeof cell === 'number') {
    return `<c r="${reference}"${style === undefined ? '' : ` s="${style}"`}><v>${cell}</v></c>`
  }
  if (cell === null || cell === '') return ''
  if (cell.length <= UNITS_OF_A_CELL && !special.test(cell)) return textXml(cell, reference, '')
  const text = cellText(cell)
  if (text === '') return ''
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : ''
  return textXml(escaped(text), reference, space)
}

const textXml = (text: string, reference: string, space: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t${space}>${text}</t></is></c>`

/** What XML 1.0 (2.2) has no place for: control characters, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** The text that a reader gets: without what XML forbids, cut at Excel's limit but not within a pair. */
const cellText = (text: string): string =>
  withLineFeeds(text)
    .replace(forbidden, '')
    .slice(0, UNITS_OF_A_CELL)
    .replace(/[\ud800-\udbff]$/, '')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** For XML; and `_x0041_`, which Excel reads as `A`, gets its underscore written out (ECMA-376, 22.9.2.19). */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
