import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { contactColumns, mailingColumns } from '../../src/contacts/columns.ts'
import type { Row, Table } from '../../src/formats/table.ts'
import { workbookWriter } from '../../src/formats/workbook-writer.ts'
import { joinBytes } from '../../src/streams/join-bytes.ts'
import { workbookOf } from '../helpers/files.ts'

const sheet: Table = {
  title: "Anna's & Co",
  columns: [
    { heading: 'Name', width: 20, type: 'text' },
    { heading: 'Street', width: 20, type: 'lines' },
    { heading: 'Amount', width: 12, type: 'amount' },
    { heading: 'Code', width: 8, type: 'text' },
  ],
  madeAt: new Date('2022-01-12T17:18:08Z'),
}

async function workbook(rows: readonly Row[], rowsOfASheet?: number) {
  const writer = workbookWriter(sheet, rowsOfASheet)
  return joinBytes([await writer.start(), await writer.write(rows), await writer.end()])
}

async function partsOf(rows: readonly Row[], rowsOfASheet?: number) {
  const parts = Object.entries(unzipSync(await workbook(rows, rowsOfASheet)))
  return new Map(parts.map(([path, bytes]) => [path, strFromU8(bytes)]))
}

/** The names of the elements in the root element, in their order. */
const childrenOf = (xml = ''): string[] => {
  const names: string[] = []
  let depth = 0
  for (const [, closing, name = '', empty] of xml.matchAll(/<(\/?)([A-Za-z:]+)[^<>]*?(\/?)>/g)) {
    if (closing) depth -= 1
    else if (depth === 1) names.push(name)
    if (!closing && !empty) depth += 1
  }
  return names
}

const ROWS: readonly Row[] = [
  ['a', '1 Main St', 1, 'x'],
  [null, '', null, null],
  ['\u0000', 'b', null, ''],
  ['c', '1 Main St\nApt 2\r\nc/o d', 2, null],
  ['two\rlines', null, null, null],
]

describe('a row', () => {
  it('has a cell for each column, empty or not', async () => {
    const xml = (await partsOf(ROWS)).get('xl/worksheets/sheet1.xml') ?? ''
    const rows = [...xml.matchAll(/<row r="(\d+)".*?<\/row>/gs)]
    expect(rows).toHaveLength(6)
    for (const [row, number] of rows) {
      const references = [...row.matchAll(/<c r="([A-Z]+\d+)"/g)].map(([, reference]) => reference)
      expect(references).toEqual(['A', 'B', 'C', 'D'].map((letter) => `${letter}${number}`))
    }
    expect(xml).toContain('<c r="A3"/><c r="B3"/><c r="C3"/><c r="D3"/></row>')
  })

  it.each<[what: string, Row, height: number | undefined]>([
    ['of single lines has the usual height', ['a', '1 Main St', 1, 'x'], undefined],
    ['that is empty has the usual height', [null, null, null, null], undefined],
    ['is as high as its street has lines', ['a', '1\n2\n3', 1, 'x'], 45],
    ['counts CR LF and CR as one line end', ['a', '1\r\n2\r3', 1, 'x'], 45],
    ['has room for a line that wraps', ['a', 'one two three four five six seven', 1, 'x'], 30],
    ['has room for a word that is broken', ['a', 'x'.repeat(45), 1, 'x'], 45],
    ['has room for wide characters', ['a', '東京都渋谷区神宮前一丁目', 1, 'x'], 30],
    ['counts the lines in a column of plain text, too', ['a\nb', '1', 1, 'x\ny\nz'], 45],
    [
      'does not wrap a long text in a column of plain text',
      ['x '.repeat(50), '1', 1, 'x'],
      undefined,
    ],
    ['is no higher than Excel knows', ['a', '1\n'.repeat(100), 1, 'x'], 409],
  ])('%s', async (_, row, height) => {
    const [read] = (await workbookOf(await workbook([row]))).worksheets
    expect(read?.getRow(2).height).toBe(height)
  })
})

describe('the cells', () => {
  it('begin at the top, and wrap where they hold several lines', async () => {
    const [read] = (await workbookOf(await workbook(ROWS))).worksheets
    const alignment = (cell: string) => read?.getCell(cell).alignment
    expect(alignment('B2')).toEqual({ vertical: 'top', wrapText: true })
    expect(alignment('B5')).toEqual({ vertical: 'top', wrapText: true })
    expect(alignment('C2')).toEqual({ vertical: 'top' })
    expect(alignment('A6')).toEqual({ vertical: 'top', wrapText: true })
    // exceljs does not look at the first cell format, which is that of the other cells.
    const [, formats] =
      /<cellXfs[^>]*>(.*)<\/cellXfs>/.exec((await partsOf(ROWS)).get('xl/styles.xml') ?? '') ?? []
    expect(formats).toMatch(/^<xf [^>]*><alignment vertical="top"\/><\/xf>/)
  })

  it('have one font, in bold for the headings', async () => {
    const [read] = (await workbookOf(await workbook(ROWS))).worksheets
    const font = { name: 'Calibri', size: 11, family: 2 }
    for (const cell of ['B2', 'C2']) expect(read?.getCell(cell).font).toEqual(font)
    for (const cell of ['A1', 'B1', 'C1', 'D1']) {
      expect(read?.getCell(cell).font).toEqual({ ...font, bold: true })
    }
  })
})

describe('a sheet', () => {
  it('is printed in landscape, as wide as a page, with its headings on every page', async () => {
    const { worksheets } = await workbookOf(await workbook(ROWS, 4))
    expect(worksheets).toHaveLength(2)
    for (const { pageSetup } of worksheets) {
      expect(pageSetup).toMatchObject({
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: '1:1',
      })
    }
  })

  it('has the pane below the headings active', async () => {
    for (const path of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']) {
      expect((await partsOf(ROWS, 4)).get(path)).toContain(
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      )
    }
  })

  it('has its elements in the order of the schema (ECMA-376, 18.3.1.99)', async () => {
    expect(childrenOf((await partsOf(ROWS)).get('xl/worksheets/sheet1.xml'))).toEqual([
      'sheetPr',
      'sheetViews',
      'cols',
      'sheetData',
      'autoFilter',
      'pageMargins',
      'pageSetup',
    ])
  })
})

describe('the workbook', () => {
  it('has the names of each sheet, and its elements in the order of the schema (18.2.27)', async () => {
    const xml = (await partsOf(ROWS, 4)).get('xl/workbook.xml')
    expect(childrenOf(xml)).toEqual(['workbookPr', 'bookViews', 'sheets', 'definedNames', 'calcPr'])
    const names = [...(xml ?? '').matchAll(/<definedName ([^>]*)>([^<]*)</g)]
    expect(names.map(([, attributes, text]) => [attributes, text])).toEqual([
      ['name="_xlnm._FilterDatabase" localSheetId="0" hidden="1"', "'Anna''s &amp; Co'!$A$1:$D$4"],
      ['name="_xlnm.Print_Titles" localSheetId="0"', "'Anna''s &amp; Co'!$1:$1"],
      [
        'name="_xlnm._FilterDatabase" localSheetId="1" hidden="1"',
        "'Anna''s &amp; Co 2'!$A$1:$D$3",
      ],
      ['name="_xlnm.Print_Titles" localSheetId="1"', "'Anna''s &amp; Co 2'!$1:$1"],
    ])
  })

  it('has a default style, fonts with name and size, and its elements in the order of the schema (18.8.39)', async () => {
    const xml = (await partsOf(ROWS)).get('xl/styles.xml')
    expect(childrenOf(xml)).toEqual([
      'fonts',
      'fills',
      'borders',
      'cellStyleXfs',
      'cellXfs',
      'cellStyles',
    ])
    expect(xml).toContain('<cellStyle name="Normal" xfId="0" builtinId="0"/>')
    const fonts = [...(xml ?? '').matchAll(/<font>.*?<\/font>/g)].map(([font]) => font)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/<sz val="11"\/><name val="Calibri"\/>/)
  })

  it.each([0, 1, 10_000])(
    'begins with its small parts, before the sheet, over %d rows',
    async (count) => {
      const rows = Array.from({ length: count }, (_, index): Row => [`${index}`, 'x', index, null])
      const bytes = await workbook(rows, 6000)
      const paths = Object.keys(unzipSync(bytes))
      expect(paths.slice(0, 4)).toEqual([
        '_rels/.rels',
        'docProps/core.xml',
        'xl/styles.xml',
        'xl/sharedStrings.xml',
      ])
      // Where libmagic looks: three headers, none of them far behind the one before.
      const start = new TextDecoder('latin1').decode(bytes.subarray(0, 6000))
      expect(start.split('PK\u0003\u0004').length).toBeGreaterThan(4)
    },
  )
})

it.each([
  ['contacts', contactColumns],
  ['mailing', mailingColumns],
])('the headings of the %s export fit beside the arrow of the filter', (_, columns) => {
  for (const { heading, width } of columns) {
    expect([heading, width - heading.length]).toEqual([
      heading,
      expect.toSatisfy((rest: number) => rest >= 4),
    ])
  }
})
