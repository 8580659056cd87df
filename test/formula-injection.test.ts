import { beforeEach, describe, expect, it } from 'vitest'
import { csvCell } from '../src/formats/csv-cell.ts'
import { addContact, addList } from './helpers/contacts.ts'
import { emptyStorage } from './helpers/database.ts'
import { download, logOf, sheetRows, workbookOf } from './helpers/files.ts'

describe('a text that a spreadsheet would run', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['\t', '"\'\t"'],
    ['\n=1', '"\'\n=1"'],
    ['\r=1', '"\'\n=1"'],
    ['\r\n', '"\'\n"'],
    ['\0=1+1', "'=1+1"],
    ['\u0001\u001f@a', "'@a"],
    ['\ufffe=1', "'=1"],
    ['\ud800=1', "'=1"],
    ['\0\t=1', '"\'\t=1"'],
    ["'=1", "''=1"],
    ['@a', "'@a"],
    ["'\0=1", "''=1"],
    ["'\n", '"\'\'\n"'],
    ["'-a", "''-a"],
    ['+1\n=2', '"\'+1\n=2"'],
    ['+1\t2', '"\'+1\t2"'],
    ['=1;2', '"\'=1;2"'],
    ['+1+cmd', "'+1+cmd"],
    ['-2+3', '-2+3'],
    ['-a', "'-a"],
    ['+', "'+"],
    ['-', "'-"],
    ['+1e5', "'+1e5"],
    ['=1,2', '"\'=1,2"'],
    ['="a"', '"\'=""a"""'],
  ])('%j stands in CSV as %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected)
  })
})

describe('a text that only looks like one', () => {
  it.each([
    '+15551234567',
    '+1 (555) 123-4567',
    '-12.5',
    '+5',
    '- 5 .',
    'a=b',
    '1-2',
    "'a=1",
    "'",
    "''",
    "'+1 555",
    "'-5",
    "O'Neil",
    '(555)',
  ])('%j stands in CSV as it is', (text) => {
    expect(csvCell(text)).toBe(text)
  })
})

describe('a text behind a separator of another kind', () => {
  it.each(['a;=1+1', 'a\t=1+1', 'a,=1+1', 'a\n=1+1', 'a\r=1+1'])('%j stays in one cell', (text) => {
    expect(csvCell(text)).toBe(`"${text.replace('\r', '\n')}"`)
  })
})

describe('a contact named as a formula', () => {
  beforeEach(emptyStorage)

  it('is guarded in CSV and left as it is in XLSX, and so is everything else of it', async () => {
    await addList()
    await addContact({ name: '=HYPERLINK("x")', church_name: 'x', status: '@status' })
    const id = await logOf({ status: '@status' })
    expect((await download(id)).text).toContain('\r\n"\'=HYPERLINK(""x"")",,,,')
    expect((await download(id)).text).toContain(",'@status,")
    const workbook = await workbookOf((await download(id, 'xlsx')).bytes)
    const [sheet] = workbook.worksheets
    const row = sheet && sheetRows(sheet, 12)[1]
    expect(row?.filter((cell) => cell !== '')).toEqual([
      '=HYPERLINK("x")',
      '=HYPERLINK("x")',
      '=HYPERLINK("x")',
      '@status',
    ])
  })
})
