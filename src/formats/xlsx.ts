import { cleanText } from './clean-text.ts'
import { definedNames, type FilledSheet } from './defined-names.ts'
import { columnLetters } from './column-letters.ts'
import type { Cell, ColumnFormat, Format, Row, SheetFormat } from './format.ts'
import { lineCount, rowHeight } from './row-height.ts'
import { replaced, sheetTail } from './sheet-view.ts'
import { CELL_FORMATS } from './workbook-styles.ts'
import { concatenated, zipWriter } from './zip.ts'

/** Excel's limits: rows of a sheet, the heading's included, and UTF-16 units of a cell. */
const ROWS_OF_A_SHEET = 1_048_576
const UNITS_OF_A_CELL = 32_767

/** XLSX (ECMA-376): the parts of a workbook that write-excel-file makes, our rows streamed into its sheets. */
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
  const columns = sheet.columns.map(columnXml)
  const filledSheets: FilledSheet[] = []
  let template = makeTemplate(sheet, 1)
  /** Rows in the open sheet, the heading's included. */
  let filled = 1

  const openSheet = async (): Promise<Uint8Array> => {
    const index = filledSheets.length
    const head = (await template).sheets[index]?.head ?? ''
    return concatenated([zip.open(`xl/worksheets/sheet${index + 1}.xml`), zip.write(head)])
  }

  const closeSheet = async (): Promise<Uint8Array> => {
    const area = `A1:${columnLetters(columns.length - 1)}${filled}`
    const name = (await template).sheets[filledSheets.length]?.name ?? ''
    filledSheets.push({ name, area })
    return concatenated([zip.write(sheetTail(area)), zip.close()])
  }

  const writePart = (path: string, content: string): Uint8Array =>
    concatenated([zip.open(path), zip.write(content), zip.close()])

  return {
    async start(): Promise<Uint8Array> {
      const { parts } = await template
      const first = FIRST_PARTS.map((path) => writePart(path, parts.get(path) ?? ''))
      return concatenated([...first, await openSheet()])
    },

    async write(rows: readonly Row[]): Promise<Uint8Array> {
      const pieces: Uint8Array[] = []
      for (let from = 0; from < rows.length;) {
        if (filled === rowsOfASheet) {
          pieces.push(await closeSheet())
          filled = 1
          template = makeTemplate(sheet, filledSheets.length + 1)
          pieces.push(await openSheet())
        }
        const page = rows.slice(from, from + rowsOfASheet - filled)
        pieces.push(
          zip.write(page.map((row, index) => rowXml(row, filled + index + 1, columns)).join('')),
        )
        filled += page.length
        from += page.length
      }
      return concatenated(pieces)
    },

    async end(): Promise<Uint8Array> {
      const pieces = [await closeSheet()]
      for (const [path, content] of (await template).parts) {
        if (FIRST_PARTS.includes(path)) continue
        const whole =
          path === WORKBOOK
            ? replaced(content, '<definedNames/>', definedNames(filledSheets))
            : content
        pieces.push(writePart(path, whole))
      }
      return concatenated([...pieces, zip.end()])
    },
  }
}

/**
 * Small parts that are the same for any number of rows and sheets. They go before the sheets: programs that tell a file's
 * type by its first bytes, such as `file`, want a part of the package and a part below `xl/` among the first few thousand.
 */
const FIRST_PARTS = ['_rels/.rels', 'docProps/core.xml', 'xl/styles.xml', 'xl/sharedStrings.xml']
const WORKBOOK = 'xl/workbook.xml'

/** What the cells of a column have in common: the start of their reference, and how a text looks, of one line or several. */
type ColumnXml = ColumnFormat & {
  readonly start: string
  readonly text: string
  readonly lines: string
}

const inlineText = (format: number): string =>
  `"${format === CELL_FORMATS.text ? '' : ` s="${format}"`} t="inlineStr"><is><t`

function columnXml(column: ColumnFormat, index: number): ColumnXml {
  const lines = inlineText(CELL_FORMATS.lines)
  const text = column.type === 'lines' ? lines : inlineText(CELL_FORMATS.text)
  return { ...column, start: `<c r="${columnLetters(index)}`, text, lines }
}

/** A row with a cell for each column, empty or not: some readers count the cells of a row. */
function rowXml(row: Row, number: number, columns: readonly ColumnXml[]): string {
  let cells = ''
  let lines = 1
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index]
    if (!column) continue
    const cell = row[index] ?? null
    cells += column.start + number + cellXml(cell, column)
    if (column.type === 'lines') lines = Math.max(lines, lineCount(cell, column))
  }
  // Columns of plain text can hold line ends, too.
  if (cells.includes('\n')) {
    for (const [index, column] of columns.entries()) {
      const cell = row[index]
      if (typeof cell === 'string' && /[\r\n]/.test(cell)) {
        lines = Math.max(lines, lineCount(cell, column))
      }
    }
  }
  const height = rowHeight(lines)
  return `<row r="${number}"${height === undefined ? '' : ` ht="${height}"`}>${cells}</row>`
}

/** A text with any of these cannot go out as it is. */
const special = /[^ -%'-;=?-^`-~\u00a0-\ud7ff\ue000-\ufffd]|^\s|\s$/

/** A cell from the end of its reference on. */
function cellXml(cell: Cell, column: ColumnXml): string {
  if (cell === null || cell === '') return '"/>'
  if (typeof cell === 'number') return `" s="${CELL_FORMATS.amount}"><v>${cell}</v></c>`
  if (cell.length <= UNITS_OF_A_CELL && !special.test(cell)) {
    return `${column.text}>${cell}</t></is></c>`
  }
  const text = cut(cleanText(cell))
  if (text === '') return '"/>'
  const start = text.includes('\n') ? column.lines : column.text
  const space = text.trim() === text ? '' : ' xml:space="preserve"'
  return `${start}${space}>${escaped(text)}</t></is></c>`
}

/** At Excel's limit, but not within a pair of surrogates. */
const cut = (text: string): string =>
  text.length <= UNITS_OF_A_CELL
    ? text
    : text.slice(0, UNITS_OF_A_CELL).replace(/[\ud800-\udbff]$/, '')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** For XML; and `_x0041_`, which Excel reads as `A`, gets its underscore written out (ECMA-376, 22.9.2.19). */
const escaped = (text: string): string =>
  /[&<>_]/.test(text)
    ? text
        .replace(/[&<>]/g, (character) => entities[character] ?? character)
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    : text

/** Loads write-excel-file with the first workbook, since it would prolong each start of the Worker. */
async function makeTemplate(sheet: SheetFormat, sheetCount: number) {
  const { workbookTemplate } = await import('./workbook-template.ts')
  return workbookTemplate(sheet, sheetCount)
}
