/** What is laid out of a text: no label has room for more. */
const MOST_LINES = 24
const MOST_UNITS = 240

/** The last lines of a text say where it goes. */
export const LAST_LINES = 3

export const ELLIPSIS = '…'

/** Normalization and blanks make a text shorter, so that some more of it is read. */
const READ_UNITS = 4 * MOST_UNITS

/** Control characters that separate words. */
const SEPARATORS = /[\t\v\f\u0085\p{Z}]+/gu

/**
 * What is not printed: control characters, direction marks, lone surrogates, what is unassigned or
 * private. Joiners decide how some scripts are written, and variants how emoji are.
 */
const NOT_PRINTED = /[^\P{C}\u200c\u200d]/gu

/** Every character before this is printed. */
const UNUSUAL = /[^ -~\u00a1-\u00ac\u00ae-\u024f]| {2}/

/**
 * The lines of a label, without what is not printed. There are at most 24, and a line has at most
 * 240 UTF-16 units: the time that a label takes must not depend on the length of a text. What is
 * left out is replaced by an ellipsis; it is never the first line, nor one of the last three.
 */
export function labelLines(text: string): {
  readonly lines: readonly string[]
  readonly isCut: boolean
} {
  const all = text.split('\n')
  const first = all.length > MOST_LINES ? nonBlank(all) : all
  const hasTooMany = first.length > MOST_LINES
  const kept = hasTooMany
    ? [...first.slice(0, MOST_LINES - LAST_LINES), ...first.slice(-LAST_LINES)]
    : first
  let isCut = hasTooMany
  const lines = kept.flatMap((line, index) => {
    const printed = printedText(line)
    if (printed === '') return []
    const isLong = printed.length > MOST_UNITS || line.length > READ_UNITS
    if (isLong) isCut = true
    const hasMore = hasTooMany && index === MOST_LINES - LAST_LINES - 1
    return isLong || hasMore ? [`${shortened(printed)}${ELLIPSIS}`] : [printed]
  })
  return { lines, isCut }
}

const nonBlank = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /\S/.test(line))

function printedText(line: string): string {
  if (!UNUSUAL.test(line) && line.length <= MOST_UNITS) return line.trim()
  return line
    .slice(0, READ_UNITS)
    .normalize('NFC')
    .replace(SEPARATORS, ' ')
    .replace(NOT_PRINTED, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Never ends in half of a character. */
const shortened = (text: string): string =>
  text
    .slice(0, MOST_UNITS - ELLIPSIS.length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
