import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { formulasInLibreOffice } from './csv-formulas.ts'
import { npmReaders } from './npm-readers.ts'
import { run } from './run.ts'
import { workbookFiles } from './workbook-files.ts'

/**
 * `npm run test:readers`: makes workbooks, opens them in every reader of XLSX at hand, and looks for cells of a CSV file that
 * LibreOffice takes for formulas. It installs readers from npm into a temporary folder, and says which programs it skipped
 * because they are not installed. Not part of `npm test`, since it needs the network.
 */

const OPENPYXL = `
import sys, warnings
warnings.simplefilter('error')
import openpyxl
for path in sys.argv[1:]:
  for read_only in (False, True):
    for sheet in openpyxl.load_workbook(path, read_only=read_only):
      lengths = {len(row) for row in sheet.rows}
      assert len(lengths) == 1, (path, read_only, lengths)
`

/** Debian's Python has packages that another one lacks. */
const PYTHONS = ['python3', '/usr/bin/python3']
const OFFICE_VERSIONS = ['Office2007', 'Microsoft365']

const folder = await mkdtemp(join(tmpdir(), 'readers-'))
let failures = 0

/** Prints how a reader fared. @param read returns a complaint, if any */
async function check(reader: string, read: () => Promise<string | undefined>): Promise<void> {
  const complaint = await read().catch((error: unknown) => String(error))
  if (complaint !== undefined) failures += 1
  console.log(complaint === undefined ? `passed: ${reader}` : `FAILED: ${reader}: ${complaint}`)
}

const runs = async (command: string, ...values: readonly string[]): Promise<boolean> =>
  run(command, values).then(
    () => true,
    () => false,
  )

try {
  const files = await workbookFiles(folder)
  const paths = files.map(({ path }) => path)
  const { rowCounts, schemaErrors } = await npmReaders(folder)
  for (const { path, rows } of files) {
    const name = basename(path)
    for (const [reader, rowCount] of Object.entries(rowCounts)) {
      await check(`${reader} reads ${name}`, async () => {
        const count = await rowCount(path)
        return count === rows ? undefined : `${count} rows instead of ${rows}`
      })
    }
    for (const version of OFFICE_VERSIONS) {
      // The SDK takes minutes for a large sheet, which is the same as a small one but for its length.
      if (rows > 1000) continue
      await check(`the schemas of ${version} fit ${name}`, async () => {
        const errors = await schemaErrors(path, version)
        return errors.length === 0 ? undefined : JSON.stringify(errors)
      })
    }
  }

  if (await runs('file', '--version')) {
    await check('file knows the type', async () => {
      const types = (await run('file', ['--brief', '--mime-type', ...paths])).trim().split('\n')
      return types.find((type) => !type.endsWith('spreadsheetml.sheet'))
    })
  } else console.log('skipped: file, which is not installed')

  const isPython = await Promise.all(PYTHONS.map((python) => runs(python, '-c', 'import openpyxl')))
  const python = PYTHONS[isPython.indexOf(true)]
  if (python === undefined) console.log('skipped: openpyxl, which is not installed')
  else {
    await check('openpyxl reads them without a warning', async () => {
      await run(python, ['-W', 'error', '-c', OPENPYXL, ...paths])
      return undefined
    })
  }

  if (await runs('soffice', '--version')) {
    await check('LibreOffice takes no cell of CSV for a formula', () =>
      formulasInLibreOffice(folder),
    )
  } else console.log('skipped: LibreOffice, which is not installed')
} finally {
  await rm(folder, { recursive: true })
}
process.exitCode = failures === 0 ? 0 : 1
