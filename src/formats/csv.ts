import { cleanText } from './clean-text.ts'
import type { Cell, Format, Row } from './table.ts'

const BYTE_ORDER_MARK = '\ufeff'

const csvBehind = (start: string): Format => ({
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *encode({ columns }, pages) {
    const { readable, writable } = csvStream(start + lineOf(columns.map(({ heading }) => heading)))
    const reader = readable.getReader()
    const writer = writable.getWriter()
    try {
      const headings = await reader.read()
      if (headings.value) yield headings.value
      // A page goes in when its text is asked for: a pipe would read a page ahead that nobody wants yet.
      for await (const rows of pages) {
        if (rows.length === 0) continue
        const [text] = await Promise.all([reader.read(), writer.write(rows)])
        if (text.value) yield text.value
      }
    } finally {
      await writer.abort()
    }
  },
})

/** Pages of cells go in, and come out as text in UTF-8, behind the line of headings. */
function csvStream(headings: string) {
  const encoder = new TextEncoder()
  return new TransformStream<readonly Row[], Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(headings)),
    transform: (rows, controller) => controller.enqueue(encoder.encode(rows.map(lineOf).join(''))),
  })
}

/** CSV by RFC 4180: commas, CRLF, UTF-8 without a byte order mark, quotes only where some reader needs them. */
export const csv = csvBehind('')

/** The same for Excel, which takes CSV for UTF-8 only by a mark at its start. */
export const csvWithByteOrderMark = csvBehind(BYTE_ORDER_MARK)

const lineOf = (row: Row): string => `${row.map(cellText).join(',')}\r\n`

/**
 * A text without any of these needs neither cleaning nor a guard nor quotes: control characters, quotes, commas, semicolons,
 * surrogates, U+FFFE and U+FFFF; and what matters at an end.
 */
const special = /[^ !#-+\--:<-\ud7ff\ue000-\ufffd]|^[ '=@+-]| $/

/** A cell as it stands between two commas. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return decimal(cell)
  return special.test(cell) ? quoted(guarded(cleanText(cell))) : cell
}

/** What makes a spreadsheet take a text for a formula. It may drop the apostrophes in front, or the tab or line feed. */
const formula = /^'*[=@\t\n]/
const signed = /^'*([+-].*)$/s
/** A number or a phone number starts with a sign and is harmless. */
const harmless = /^[-+(). ]*\d[-+(). \d]*$/

/**
 * A text that a spreadsheet would run as a formula, with an apostrophe in front (OWASP, "CSV injection"). A text with an
 * apostrophe of its own gets one as well, so that a reader gets every text back by taking one off.
 */
function guarded(text: string): string {
  const sign = signed.exec(text)?.[1]
  return formula.test(text) || (sign !== undefined && !harmless.test(sign)) ? `'${text}` : text
}

/** Semicolons and tabs separate cells for some readers. */
const quoted = (text: string): string =>
  /[",;\t\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * The shortest decimal that reads back the same: no exponent, no grouping, at least one decimal. JavaScript's own text is
 * that, but for the exponent of very large and very small numbers.
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
