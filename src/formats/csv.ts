import { withLineFeeds, type Cell, type Format, type Row } from './format.ts'

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

/** CSV to the letter of RFC 4180: commas, CRLF, UTF-8 without a mark, quotes only where they are needed. */
export const csv = csvBehind('')

/** The same for Excel, which takes CSV for UTF-8 only by a mark at its start. */
export const csvWithByteOrderMark = csvBehind(BYTE_ORDER_MARK)

const lineOf = (row: Row): string => `${row.map(cellText).join(',')}\r\n`

/** A cell without any of these can go out as it is. */
const special = /[",\r\n]|^[ \t=@+-]|[ \t]$/

/** A cell as it stands between two commas. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return decimal(cell)
  return special.test(cell) ? quoted(withLineFeeds(guarded(cell))) : cell
}

/**
 * A text that a spreadsheet would run as a formula, with an apostrophe in front (OWASP, "CSV injection"). It goes by the
 * stored text: a CR in front counts though it leaves as LF. Phone numbers and numbers start with a sign and are harmless.
 */
const guarded = (text: string): string =>
  /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !(/^[-+(). \d]*$/.test(text) && /\d/.test(text)))
    ? `'${text}`
    : text

const quoted = (text: string): string =>
  /[",\n]|^[ \t]|[ \t]$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

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
