import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Row, Table } from '../../src/formats/table.ts'
import { workbookWriter } from '../../src/formats/workbook-writer.ts'
import { xlsx } from '../../src/formats/xlsx.ts'
import { joinBytes } from '../../src/streams/join-bytes.ts'
import { bytesOf, sheetRows, workbookOf } from '../helpers/files.ts'

const sheet: Table = {
  title: 'Contacts',
  columns: [
    { heading: 'Name', width: 30, type: 'text' },
    { heading: 'Amount', width: 12, type: 'amount' },
    { heading: 'Code', width: 8, type: 'text' },
  ],
  madeAt: new Date('2022-01-12T17:18:08Z'),
}

const workbook = (...pages: Row[][]) => bytesOf((all) => xlsx.encode(sheet, all), pages)

const sheetOf = async (...pages: Row[][]) => {
  const found = (await workbookOf(await workbook(...pages))).getWorksheet('Contacts')
  if (!found) throw new Error('There is no sheet Contacts.')
  return found
}

const textOf = async (text: string) => (await sheetOf([[text, 1, null]])).getCell('A2').value

describe('a workbook', () => {
  it('has its headings, bold and frozen, over all rows of all pages', async () => {
    const found = await sheetOf(
      [['a', 1, 'x']],
      [],
      [
        ['b', 2.5, null],
        ['c', null, '0123'],
      ],
    )
    expect(sheetRows(found, 3)).toEqual([
      ['Name', 'Amount', 'Code'],
      ['a', 1, 'x'],
      ['b', 2.5, ''],
      ['c', '', '0123'],
    ])
    expect(found.getCell('C1').font.bold).toBe(true)
    expect(found.views).toMatchObject([{ state: 'frozen', ySplit: 1 }])
    expect(found.autoFilter).toBe('A1:C4')
    expect(found.getColumn(1).width).toBe(30)
    expect(found.getCell('B2').numFmt).toBe('0.00')
  })

  it('is whole without any row', async () => {
    const found = await sheetOf()
    expect(sheetRows(found, 3)).toEqual([['Name', 'Amount', 'Code']])
    expect(found.autoFilter).toBe('A1:C1')
  })

  it.each([
    ['keeps a leading zero', '01234', '01234'],
    ['keeps a formula a text', '=1+1', '=1+1'],
    ['keeps blanks at the edges', '  a\n', '  a\n'],
    ['escapes what XML reserves', `<a & "b" 'c'>`, `<a & "b" 'c'>`],
    ['drops what XML forbids', 'a\u0000\u0008\u000b\u001f\ufffe\uffffb', 'ab'],
    ['keeps tabs and line feeds', 'a\tb\nc', 'a\tb\nc'],
    ['turns line ends into line feeds', 'a\r\nb\rc', 'a\nb\nc'],
    ['drops half a pair', 'a\ud800b\udc00c', 'abc'],
    ['keeps every script', 'Ж 教会 😀 é', 'Ж 教会 😀 é'],
    ['cuts at 32,767 units', 'x'.repeat(40_000), 'x'.repeat(32_767)],
    ['never cuts within a pair', 'x'.repeat(32_766) + '😀', 'x'.repeat(32_766)],
  ])('%s', async (_, text, expected) => {
    expect(await textOf(text)).toBe(expected)
  })

  it('writes the underscore of _x0041_ out, so that no reader takes it for an A', async () => {
    const parts = unzipSync(await workbook([['_x0041_ _x004_', null, null]]))
    expect(strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain(
      '_x005F_x0041_ _x004_',
    )
  })

  it('bears the date of the export', async () => {
    const bytes = await workbook()
    const parts = unzipSync(bytes)
    const core = strFromU8(parts['docProps/core.xml'] ?? new Uint8Array())
    expect(core).toContain('>2022-01-12T17:18:08Z</dcterms:created>')
    const header = new DataView(bytes.buffer)
    expect(header.getUint16(12, true)).toBe(((2022 - 1980) << 9) | (1 << 5) | 12)
    expect(header.getUint16(10, true)).toBe((17 << 11) | (18 << 5) | 4)
  })

  it('goes on in further sheets when one is full', async () => {
    const writer = workbookWriter(sheet, 3)
    const rows: Row[] = Array.from({ length: 5 }, (_, index) => [`row ${index}`, index, null])
    const bytes = joinBytes([
      await writer.start(),
      await writer.write(rows.slice(0, 1)),
      await writer.write(rows.slice(1)),
      await writer.end(),
    ])
    const read = await workbookOf(new Uint8Array(bytes))
    expect(read.worksheets.map(({ name }) => name)).toEqual([
      'Contacts',
      'Contacts 2',
      'Contacts 3',
    ])
    expect(read.worksheets.flatMap((one) => sheetRows(one, 2).slice(1))).toEqual(
      rows.map((row) => row.slice(0, 2)),
    )
    expect(read.worksheets.map((one) => one.autoFilter)).toEqual(['A1:C3', 'A1:C3', 'A1:C2'])
  })
})
