import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { labelsOfSheet } from '../../src/formats/pdf/templates/label-template.ts'
import { inkFaults } from './ink.ts'
import { mixedLabel } from './mixed-labels.ts'
import { labelChunks, templateOf } from './print-labels.ts'
import { textFaults } from './text-faults.ts'

/**
 * Labels as the tools of Debian read them: `npm run test:labels`. 3,000 labels of many scripts on
 * five sheets are checked for syntax, fonts, text, and where there is ink. What is not installed is
 * left out, and the output says so.
 */

const LABELS = 3000
const TEMPLATES = ['5160', 'L7160', '5163', 'L7163', 'L7159']

/** Of mutool, about itself. */
const ABOUT_ITSELF = /^warning: ICC support is not available$/

type Check = {
  readonly tool: string
  readonly package: string
  /** @returns what is wrong with a file */
  readonly faults: (file: string, name: string) => readonly string[]
}

const checks: readonly Check[] = [
  {
    tool: 'qpdf',
    package: 'qpdf',
    faults: (file) => outputOf('qpdf', ['--check', file], /error|warn/i),
  },
  {
    tool: 'mutool',
    package: 'mupdf-tools',
    faults: (file) =>
      outputOf('mutool', ['draw', '-q', '-F', 'text', '-o', '/dev/null', file], /./),
  },
  {
    tool: 'gs',
    package: 'ghostscript',
    faults: (file) =>
      outputOf('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=nullpage', file], /./),
  },
  { tool: 'pdffonts', package: 'poppler-utils', faults: fontFaults },
  {
    tool: 'pdftotext',
    package: 'poppler-utils',
    faults: (file, name) => textFaults(file, templateOf(name), labels.length, expectedText),
  },
  {
    tool: 'pdftoppm',
    package: 'poppler-utils',
    faults: (file, name) => inkFaults(file, templateOf(name)),
  },
]

const labels = Array.from({ length: LABELS }, (_, index) => ({
  text: mixedLabel(index),
  country: undefined,
}))

/** The labels of the file under way of which a part is missing. */
let cut = new Set<number>()

const expectedText = (index: number): string | undefined =>
  cut.has(index) ? undefined : labels[index]?.text

const folder = mkdtempSync(join(tmpdir(), 'labels-'))
const isMissing = (tool: string) => spawnSync('which', [tool]).status !== 0
let failures = 0
try {
  for (const name of TEMPLATES) {
    const file = join(folder, `${name}.pdf`)
    await writeLabels(file, name)
    const sheets = Math.ceil(LABELS / labelsOfSheet(templateOf(name)))
    console.log(`${name}: ${LABELS} labels on ${sheets} sheets, ${cut.size} of them cut`)
    for (const { tool, faults } of checks.filter((check) => !isMissing(check.tool))) {
      const found = faults(file, name)
      failures += found.length
      console.log(`  ${tool}: ${found.length === 0 ? 'right' : `${found.length} faults`}`)
      for (const fault of found.slice(0, 5)) console.log(`    ${fault}`)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
for (const check of checks.filter(({ tool }) => isMissing(tool))) {
  console.log(`Left out: ${check.tool}, which is in the package ${check.package}.`)
}
if (failures > 0) process.exitCode = 1

async function writeLabels(file: string, name: string): Promise<void> {
  const stream = createWriteStream(file)
  let index = 0
  cut = new Set()
  const chunks = labelChunks(name, [labels], {}, ({ isCut }) => {
    if (isCut) cut.add(index)
    index += 1
  })
  for await (const chunk of chunks) stream.write(chunk)
  stream.end()
  await finished(stream)
}

/** The lines of a tool's output that tell of a fault. */
function outputOf(tool: string, words: readonly string[], fault: RegExp): readonly string[] {
  const { status, stdout, stderr } = spawnSync(tool, words, { encoding: 'utf8' })
  const lines = `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !ABOUT_ITSELF.test(line) && !/No syntax or stream/.test(line))
  const faults = lines.filter((line) => fault.test(line) && !/errors that qpdf/.test(line))
  return status === 0 ? faults : [`${tool} ended with ${status}.`, ...faults]
}

/** Every font is embedded, a subset, and can be read as text. */
function fontFaults(file: string): readonly string[] {
  const { stdout } = spawnSync('pdffonts', [file], { encoding: 'utf8' })
  const fonts = stdout.trim().split('\n').slice(2)
  const faults = fonts.filter((line) => !/^[A-Z]{6}\+\S+ .* yes yes yes +\d+ +\d+$/.test(line))
  return fonts.length === 0 ? ['There are no fonts.'] : faults
}
