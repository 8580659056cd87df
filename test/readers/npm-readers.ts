import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { run } from './run.ts'

/** Readers that the project does not need otherwise. The last is Microsoft's Open XML SDK, which knows the schemas. */
const PACKAGES = {
  hucre: '1.0.0',
  'read-excel-file': '9.3.17',
  xlsx: '0.18.5',
  '@ooxml-tools/validate': '0.4.6',
}

type SheetJs = {
  readFile: (path: string) => { Sheets: Record<string, unknown> }
  utils: { sheet_to_json: (sheet: unknown, options: object) => unknown[] }
}
type Hucre = { readXlsx: (bytes: Uint8Array) => Promise<{ sheets: { rows: unknown[] }[] }> }
type ReadExcelFile = { default: (path: string) => Promise<{ data: unknown[] }[]> }
type OpenXml = {
  ready: () => Promise<unknown>
  default: (bytes: Uint8Array, format: string, version: string) => Promise<unknown[]>
}

/** What npm has for reading XLSX. */
export type NpmReaders = {
  /** For each reader, a function that counts the rows of all sheets of a file. */
  readonly rowCounts: Readonly<Record<string, (path: string) => Promise<number>>>
  /** What is wrong with a file by the schemas of an Office version. */
  readonly schemaErrors: (path: string, version: string) => Promise<readonly unknown[]>
}

/** Installs the readers into a folder of their own. */
export async function npmReaders(parent: string): Promise<NpmReaders> {
  const folder = join(parent, 'npm')
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: PACKAGES }))
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder])
  const load = createRequire(join(folder, 'package.json'))
  const sheetJs: SheetJs = load('xlsx')
  const hucre: Hucre = load('hucre')
  const readExcelFile: ReadExcelFile = load('read-excel-file/node')
  const openXml: OpenXml = load('@ooxml-tools/validate')
  await openXml.ready()
  return {
    rowCounts: {
      async exceljs(path) {
        const { worksheets } = await new ExcelJS.Workbook().xlsx.readFile(path)
        return sum(worksheets.map(({ rowCount }) => rowCount))
      },
      async SheetJS(path) {
        const sheets = Object.values(sheetJs.readFile(path).Sheets)
        return sum(sheets.map((sheet) => sheetJs.utils.sheet_to_json(sheet, { header: 1 }).length))
      },
      async hucre(path) {
        return sum(
          (await hucre.readXlsx(await readFile(path))).sheets.map(({ rows }) => rows.length),
        )
      },
      async 'read-excel-file'(path) {
        return sum((await readExcelFile.default(path)).map(({ data }) => data.length))
      },
    },
    schemaErrors: async (path, version) => openXml.default(await readFile(path), 'xlsx', version),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
