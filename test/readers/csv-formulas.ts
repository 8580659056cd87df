import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csv } from '../../src/formats/csv.ts'
import type { Row } from '../../src/formats/table.ts'
import { run } from './run.ts'

/**
 * By the character codes that LibreOffice's filter for CSV takes, and the columns of the file. Where a comma separates no
 * cells, quotes protect the first cell of a line only: readers look for them where a cell begins.
 */
const SEPARATORS = [
  { name: 'comma', codes: '44', columns: 3 },
  { name: 'any', codes: '44/59/9', columns: 3 },
  { name: 'semicolon', codes: '59', columns: 1 },
  { name: 'tab', codes: '9', columns: 1 },
]

/** What can stand before a formula, or between two cells: one code point each, and what is separated by bars. */
const STARTS = [
  ...Array.from(
    '\' \t\n\r\0\u0001\u000b\u001f\u007f\u0085\u00a0\u200b\u2028\ufeff\ufffe\uffff\ud800",;',
  ),
  ...`|''|\r\n|a,|a;|a\t|a\n|a\r|a"|a",|",|";|"\t|'\0|\0'|\0\t`.split('|'),
]
const FORMULAS = '=1+1|=A1|+1+A1|-1+A1|@SUM(1)|=cmd"/c calc"!A1|{=1+1}|=1+1;=2|=1+1\t=2'.split('|')

/** @returns what is wrong, if LibreOffice takes a cell of our CSV for a formula */
export async function formulasInLibreOffice(parent: string): Promise<string | undefined> {
  const folder = join(parent, 'csv')
  await mkdir(folder)
  const cells = STARTS.flatMap((start) => FORMULAS.map((formula) => start + formula))
  // Without this one nobody could tell whether the check finds anything.
  await writeFile(join(folder, 'control.csv'), '=1+1\r\n')
  for (const { name, codes, columns } of SEPARATORS) {
    const rows = cells.map((cell) => Array.from({ length: columns }, () => cell))
    await writeFile(join(folder, 'ours.csv'), await csvOf(rows, columns))
    const output = join(folder, name)
    const filter = `Text - txt - csv (StarCalc):${codes},34,76,1,,0,false,true`
    await run('soffice', [
      '--headless',
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      `--infilter=${filter}`,
      '--convert-to',
      'fods',
      '--outdir',
      output,
      join(folder, 'ours.csv'),
      join(folder, 'control.csv'),
    ])
    const formulas = async (file: string) =>
      (await readFile(join(output, file), 'utf8')).match(/table:formula="[^"]*"/g) ?? []
    const found = await formulas('ours.fods')
    if (found.length > 0) return `separated by ${name}: ${found.slice(0, 5).join(' ')}`
    if ((await formulas('control.fods')).length === 0) return 'a plain formula is none either'
  }
  return undefined
}

async function csvOf(rows: readonly Row[], width: number): Promise<string> {
  const columns = Array.from({ length: width }, () => ({
    heading: 'Heading',
    width: 10,
    type: 'text' as const,
  }))
  const sheet = { title: 'Contacts', columns, madeAt: new Date(0) }
  let text = ''
  for await (const bytes of csv.encode(sheet, onePage(rows)))
    text += new TextDecoder().decode(bytes)
  return text
}

async function* onePage(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
