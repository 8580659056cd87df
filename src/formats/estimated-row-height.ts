import { cleanText } from './clean-text.ts'
import type { Cell, TableColumn } from './table.ts'

/** In points: a line in the default font, and the tallest row that Excel allows. */
const LINE = 15
const MAX_HEIGHT = 409

/**
 * The height of a row in points; `undefined` for a row of one line. Excel fits a row to its lines
 * when a file gives no height, but LibreOffice and others then show only the first line.
 *
 * @param lines the most lines of a cell of the row
 */
export const estimatedRowHeight = (lines: number): number | undefined =>
  lines <= 1 ? undefined : Math.min(lines * LINE, MAX_HEIGHT)

/**
 * How many lines a cell takes where it wraps. The number depends on the reader's font: this is an
 * estimate, which leaves space rather than hide a line.
 */
export function estimatedLineCount(cell: Cell | undefined, { width }: TableColumn): number {
  if (typeof cell !== 'string') return 1
  const text = cleanText(cell)
  let count = 0
  for (let start = 0; start <= text.length;) {
    const lineFeed = text.indexOf('\n', start)
    const end = lineFeed === -1 ? text.length : lineFeed
    const isShort = (end - start) * WIDEST <= width
    count += isShort ? 1 : wrappedLineCount(text.slice(start, end), width)
    start = end + 1
  }
  return count
}

/** A word that does not fit goes to the next line. A word longer than a line is broken. */
function wrappedLineCount(line: string, width: number): number {
  if (textWidth(line) <= width) return 1
  let count = 1
  let filled = 0
  for (const word of line.split(' ')) {
    const wordWidth = textWidth(word)
    if (filled > 0 && filled + 1 + wordWidth > width) {
      count += 1
      filled = 0
    }
    const broken = Math.max(0, Math.ceil(wordWidth / width) - 1)
    count += broken
    filled += wordWidth - broken * width + (filled > 0 ? 1 : 0)
  }
  return count
}

function textWidth(text: string): number {
  let width = 0
  for (let index = 0; index < text.length; index += 1) width += unitWidth(text.charCodeAt(index))
  return width
}

const WIDEST = 2

/**
 * The width of a UTF-16 unit, in digits: the unit of a column's width. An emoji is a pair of units.
 */
function unitWidth(unit: number): number {
  if (unit < 0x1100) return unit >= 0x41 && unit <= 0x5a ? 1.3 : 1.05
  const isEastAsian = (unit >= 0x2e80 && unit < 0xd800) || unit >= 0xf900
  return isEastAsian ? WIDEST : 1.3
}
