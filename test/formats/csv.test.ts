import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../src/formats/clean-text.ts'
import { csvCell } from '../../src/formats/csv-cell.ts'
import { csv } from '../../src/formats/csv.ts'
import type { Row, Table } from '../../src/formats/table.ts'
import { bytesOf, csvRows } from '../helpers/files.ts'

async function textOf(columns: number, rows: Row[]) {
  const headings = Array.from({ length: columns }, (_, index) => `Column ${index + 1}`)
  const sheet: Table = {
    title: 'Contacts',
    columns: headings.map((heading) => ({ heading, width: 10, type: 'text' })),
    madeAt: new Date(0),
  }
  const bytes = await bytesOf((pages) => csv.encode(sheet, pages), [rows])
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

describe('a CSV file', () => {
  it('has its headings over no rows, and no byte order mark', async () => {
    expect(await textOf(2, [])).toBe('Column 1,Column 2\r\n')
  })

  it('ends every line with CRLF', async () => {
    expect(
      await textOf(2, [
        ['a', null],
        ['é', 1],
      ]),
    ).toBe('Column 1,Column 2\r\na,\r\né,1.0\r\n')
  })

  it('gives a strict reader back what went in', async () => {
    const harmless = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/^'*[=@+\-\t\n]/.test(text) && cleanText(text) === text)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(harmless, harmless)), async (rows) => {
        expect(csvRows(await textOf(2, rows)).slice(1)).toEqual(rows)
      }),
    )
  })
})

describe('a cell', () => {
  it.each([
    ['stands as it is', 'plain text', 'plain text'],
    ['is quoted for a comma', 'a,b', '"a,b"'],
    ['is quoted for a quote, which is doubled', 'a "b"', '"a ""b"""'],
    ['is quoted for a line feed', 'a\nb', '"a\nb"'],
    ['has line feeds for all line ends', 'a\r\nb\rc', '"a\nb\nc"'],
    ['is quoted for a blank in front', ' a', '" a"'],
    ['is quoted for a blank at the end', 'a ', '"a "'],
    ['is not quoted for blanks within', 'a  b', 'a  b'],
    ['is not quoted for an apostrophe', "a'b", "a'b"],
    ['is quoted for a semicolon, which separates cells for some readers', 'a;b', '"a;b"'],
    ['is quoted for a tab, which separates cells for some readers', 'a\tb', '"a\tb"'],
    ['is quoted for a tab at the end', 'a\t', '"a\t"'],
    ['has no control characters', 'a\0\u0008\u000b\u000c\u001fb', 'ab'],
    ['is one line end where a control character stood within it', 'a\r\0\nb', '"a\nb"'],
    ['has no half of a pair, U+FFFE or U+FFFF', 'a\ud800b\udc00c\ufffe\uffff', 'abc'],
    [
      'keeps DEL and the control characters above it',
      'a\u007f\u0080\u009fb',
      'a\u007f\u0080\u009fb',
    ],
    ['keeps every script', 'Ж 教会 😀 é', 'Ж 教会 😀 é'],
    ['is never cut', 'x'.repeat(100_000), 'x'.repeat(100_000)],
    ['is empty for nothing', null, ''],
    ['is empty for an empty text', '', ''],
    ['shows an amount with a decimal', 50, '50.0'],
    ['shows decimals as they are', 12.5, '12.5'],
    ['shows no grouping', 1_234_567.89, '1234567.89'],
    ['shows the shortest decimal that reads back', 0.1 + 0.2, '0.30000000000000004'],
    ['shows no exponent for a large amount', 1e21, '1000000000000000000000.0'],
    ['shows no exponent for a small amount', 1.5e-7, '0.00000015'],
    ['shows a negative amount without an apostrophe', -5, '-5.0'],
    ['shows zero', 0, '0.0'],
  ])('%s', (_, cell, expected) => {
    expect(csvCell(cell)).toBe(expected)
  })

  it('that is long is soon done with', () => {
    const digits = '1'.repeat(256 * 1024)
    expect(csvCell(`+${digits}`)).toBe(`+${digits}`)
    expect(csvCell(`+${digits}x`)).toBe(`'+${digits}x`)
  })

  it('shows every amount so that it reads back the same', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (amount) => {
        const text = csvCell(amount)
        expect(text).toMatch(/^-?\d+\.\d+$/)
        expect(Number(text) === amount).toBe(true)
      }),
    )
  })
})
