import { cleanText } from './clean-text.ts'
import type { Cell } from './table.ts'

/**
 * A text without any of these needs neither cleaning nor a guard nor quotes: control characters,
 * quotes, commas, semicolons, surrogates, U+FFFE and U+FFFF; and what matters only at an end.
 */
const special = /[^ !#-+\--:<-\ud7ff\ue000-\ufffd]|^[ '=@+-]| $/

/** A cell as it is written between two commas. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return decimal(cell)
  return special.test(cell) ? quoted(guarded(cleanText(cell))) : cell
}

/**
 * What makes a spreadsheet read a text as a formula. It may drop the apostrophes in front, or the
 * tab or line feed.
 */
const formula = /^'*[=@\t\n]/
const signed = /^'*([+-].*)$/s
/** A number or a phone number starts with a sign and is harmless. */
const harmless = /^[-+(). ]*\d[-+(). \d]*$/

/**
 * Puts an apostrophe in front of a text that a spreadsheet would run as a formula (OWASP, "CSV
 * injection"). A text that has an apostrophe of its own gets one, too: a reader gets every text
 * back by removing one.
 */
function guarded(text: string): string {
  const sign = signed.exec(text)?.[1]
  return formula.test(text) || (sign !== undefined && !harmless.test(sign)) ? `'${text}` : text
}

/** Semicolons and tabs separate cells for some readers. */
const quoted = (text: string): string =>
  /[",;\t\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * The shortest decimal that reads back the same: no exponent, no grouping, at least one decimal.
 * JavaScript's own text is that, except for the exponent of very large and very small numbers.
 */
function decimal(amount: number): string {
  const text = String(amount)
  if (!text.includes('e')) return text.includes('.') ? text : `${text}.0`
  const [, sign, whole, fraction = '', exponent] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  const power = Number(exponent)
  return power < 0
    ? `${sign}0.${'0'.repeat(-power - 1)}${whole}${fraction}`
    : `${sign}${`${whole}${fraction}`.padEnd(power + 1, '0')}.0`
}
