import { cleanText } from './clean-text.ts'
import { estimatedLineCount, estimatedRowHeight } from './estimated-row-height.ts'
import type { Cell, Row, TableColumn } from './table.ts'
import { CELL_FORMATS } from './workbook-styles.ts'
import { columnLetters } from './column-letters.ts'

/** Excel's limit: the UTF-16 units of a cell. */
const UNITS_OF_A_CELL = 32_767

/**
 * What the cells of a column have in common: the start of their reference, and the format of a text
 * of one line or of several.
 */
type SheetColumn = TableColumn & {
  readonly start: string
  readonly text: string
  readonly lines: string
}

const inlineText = (format: number): string =>
  `"${format === CELL_FORMATS.text ? '' : ` s="${format}"`} t="inlineStr"><is><t`

export function sheetColumn(column: TableColumn, index: number): SheetColumn {
  const lines = inlineText(CELL_FORMATS.lines)
  const text = column.type === 'lines' ? lines : inlineText(CELL_FORMATS.text)
  return { ...column, start: `<c r="${columnLetters(index)}`, text, lines }
}

/** A row with a cell for each column, also an empty one: some readers count the cells of a row. */
export function rowXml(row: Row, number: number, columns: readonly SheetColumn[]): string {
  let cells = ''
  let lines = 1
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index]
    if (!column) continue
    const cell = row[index] ?? null
    cells += column.start + number + cellXml(cell, column)
    if (column.type === 'lines') lines = Math.max(lines, estimatedLineCount(cell, column))
  }
  // Columns of plain text can have line ends, too.
  if (cells.includes('\n')) {
    for (const [index, column] of columns.entries()) {
      const cell = row[index]
      if (typeof cell === 'string' && /[\r\n]/.test(cell)) {
        lines = Math.max(lines, estimatedLineCount(cell, column))
      }
    }
  }
  const height = estimatedRowHeight(lines)
  return `<row r="${number}"${height === undefined ? '' : ` ht="${height}"`}>${cells}</row>`
}

/** A text with any of these has to be cleaned or escaped. */
const special = /[^ -%'-;=?-^`-~\u00a0-\ud7ff\ue000-\ufffd]|^\s|\s$/

/** The XML of a cell after its reference. */
function cellXml(cell: Cell, column: SheetColumn): string {
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

/** Cuts a text at Excel's limit, never within a pair of surrogates. */
const cut = (text: string): string =>
  text.length <= UNITS_OF_A_CELL
    ? text
    : text.slice(0, UNITS_OF_A_CELL).replace(/[\ud800-\udbff]$/, '')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Escapes XML, and the underscore of `_x0041_`, which Excel reads as `A` (ECMA-376, 22.9.2.19). */
const escaped = (text: string): string =>
  /[&<>_]/.test(text)
    ? text
        .replace(/[&<>]/g, (character) => entities[character] ?? character)
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    : text
