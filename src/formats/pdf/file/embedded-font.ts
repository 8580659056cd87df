import { Buffer } from 'node:buffer'
import { scaledBox, widthOf, type Subset } from '../fonts/subset.ts'
import { subsetProgram } from '../fonts/subset-program.ts'
import { utf16Hex, type ObjectNumber, type PdfWriter } from './pdf-writer.ts'

/** How high and deep a line is, in thousandths of an em, for programs that select text. */
export const ASCENT = 900
export const DESCENT = -250

const CAPITAL_HEIGHT = 714
const STEM_WIDTH = 80
/** The font has characters outside of Latin. */
const SYMBOLIC = 4

/** How many lines a block of a CMap may have. */
const MAPPINGS_OF_BLOCK = 100

/**
 * Writes a font (ISO 32000-1, 9.7 and 9.10): the subset, its widths, and the text of each code.
 *
 * @param number of the font, which pages know
 * @param index of the font in the file, from which its tag is made
 */
export function* embeddedFont(
  pdf: PdfWriter,
  number: ObjectNumber,
  subset: Subset,
  index: number,
): Generator<Uint8Array> {
  const { face, glyphs } = subset
  const [descendant, descriptor, file, unicode] = Array.from({ length: 4 }, pdf.reserve)
  const name = `${tagOf(index)}+${face.name}-Regular`
  const { program, box } = subsetProgram(subset)
  if (descendant === undefined || descriptor === undefined) return
  if (file === undefined || unicode === undefined) return
  yield pdf.stream(file, `/Length1 ${program.length}`, program)
  yield pdf.object(
    descriptor,
    `<</Type/FontDescriptor/FontName/${name}/Flags ${SYMBOLIC}/ItalicAngle 0` +
      `/FontBBox[${scaledBox(face, box).join(' ')}]/Ascent ${ASCENT}/Descent ${DESCENT}` +
      `/CapHeight ${CAPITAL_HEIGHT}/StemV ${STEM_WIDTH}/FontFile2 ${file} 0 R>>`,
  )
  const widths = glyphs.map(({ advance }) => widthOf(face, advance)).join(' ')
  yield pdf.object(
    descendant,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDToGIDMap/Identity` +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>' +
      `/W[0[${widths}]]/FontDescriptor ${descriptor} 0 R>>`,
  )
  yield pdf.stream(unicode, '', Buffer.from(unicodeMap(glyphs), 'latin1'))
  yield pdf.object(
    number,
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H` +
      `/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R>>`,
  )
}

/** Six capitals, which tell subsets of one font apart. */
const tagOf = (index: number): string =>
  Array.from({ length: 6 }, (_, place) =>
    String.fromCharCode(65 + (Math.floor(index / 26 ** (5 - place)) % 26)),
  ).join('')

function unicodeMap(glyphs: Subset['glyphs']): string {
  const mappings = glyphs.flatMap(({ text }, code) =>
    text === '' ? [] : [`<${code.toString(16).padStart(4, '0')}><${utf16Hex(text)}>`],
  )
  const blocks = Array.from(
    { length: Math.ceil(mappings.length / MAPPINGS_OF_BLOCK) },
    (_, index) => {
      const block = mappings.slice(index * MAPPINGS_OF_BLOCK, (index + 1) * MAPPINGS_OF_BLOCK)
      return `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`
    },
  )
  return [
    '/CIDInit/ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def',
    '/CMapName/Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000><FFFF>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict/CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}
