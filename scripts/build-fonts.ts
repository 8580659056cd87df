import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fontList, type ListedFont } from '../src/formats/pdf/fonts/font-list.ts'
import { packGlyphs } from '../src/formats/pdf/fonts/glyph-packs.ts'
import { readTrueType } from '../src/formats/pdf/fonts/true-type.ts'
import { usualOrder } from './fonts/usual-order.ts'

/**
 * Builds the fonts of labels, as static assets of the Worker: whole fonts for scripts that need
 * shaping, packs of 256 glyphs for Chinese, Japanese and Korean. They come from npm packages. It
 * does nothing as long as those, and this code, are the same.
 */
const FOLDER = 'build/site/fonts'
const STAMP = 'made-of.txt'
const LICENSE = 'OFL.txt'

const CODE = [
  'scripts/build-fonts.ts',
  'scripts/fonts/usual-order.ts',
  'src/formats/pdf/fonts/font-list.ts',
  'src/formats/pdf/fonts/glyph-packs.ts',
  'src/formats/pdf/fonts/true-type.ts',
]

const packages = fontList.map((font) => ({ font, folder: folderOf(font) }))
const stamp = stampOf()
if (madeOf() !== stamp) build()

function build(): void {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const { font, folder } of packages) {
    const { name, isPacked } = font
    const bytes = readFileSync(join(folder, '400Regular', `${name}_400Regular.ttf`))
    if (isPacked) writePacks(name, bytes)
    else writeFileSync(join(FOLDER, `${name}.ttf`), bytes)
  }
  writeFileSync(join(FOLDER, LICENSE), licenses())
  // Last: a build that was interrupted is not taken for a whole one.
  writeFileSync(join(FOLDER, STAMP), stamp)
}

function writePacks(name: string, bytes: Uint8Array): void {
  const font = readTrueType(bytes)
  const { index, packs } = packGlyphs(font, usualOrder(name, font.codePoints()))
  writeFileSync(join(FOLDER, `${name}.index`), index)
  packs.forEach((pack, number) => writeFileSync(join(FOLDER, `${name}-${number}.pack`), pack))
}

/** The licence of each font, with its copyright notice. */
function licenses(): string {
  const texts = packages.map(
    ({ font, folder }) => `${font.name}\n\n${readFileSync(join(folder, 'LICENSE_FONT'), 'utf8')}`,
  )
  return texts.join('\n\n')
}

function folderOf({ package: name }: ListedFont): string {
  const manifest = import.meta.resolve(`@expo-google-fonts/${name}/package.json`)
  return dirname(fileURLToPath(manifest))
}

function stampOf(): string {
  const hash = createHash('sha256')
  for (const file of [...CODE, ...packages.map(({ folder }) => join(folder, 'package.json'))]) {
    hash.update(readFileSync(file))
  }
  return hash.digest('hex')
}

function madeOf(): string | undefined {
  try {
    return readFileSync(join(FOLDER, STAMP), 'utf8')
  } catch {
    return undefined
  }
}
