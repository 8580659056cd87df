import type { Face, GlyphId } from './face.ts'
import { bothBoxes, boxOf, movedBox, type Box, type Part } from './glyph-outline.ts'
import { NOT_DEFINED } from './not-defined.ts'

/** What one code of an embedded font draws, and which text that is. In units of the font. */
export type SubsetGlyph = {
  readonly parts: readonly Part[]
  readonly advance: number
  readonly text: string
  readonly box: Box | undefined
}

/** A glyph as a page refers to it. Lengths are in thousandths of an em. */
export type PrintedGlyph = {
  /** The two bytes of its code, as characters. */
  readonly codes: string
  readonly width: number
  readonly box: Box | undefined
}

export type Subset = ReturnType<typeof subsetOf>

/**
 * The bytes that a string of a PDF would have to escape: parentheses, backslash, carriage return.
 * No code has one of them.
 */
const ESCAPED: ReadonlySet<number> = new Set([0x28, 0x29, 0x5c, 0x0d])

/**
 * The glyphs of a font that a file uses. They are numbered as they come, so that a page can be
 * written before the font.
 */
export function subsetOf(face: Face) {
  const glyphs: SubsetGlyph[] = [notDefined]
  const known = new Map<string, PrintedGlyph>()
  let parts = 0

  /** Adds glyphs that stand for a text together: each code has its exact text. */
  const add = (of: readonly Part[], advance: number, text: string): PrintedGlyph => {
    const key = `${of.map(({ id, x, y }) => `${id},${x},${y}`).join(' ')} ${advance} ${text}`
    const earlier = known.get(key)
    if (earlier) return earlier
    while (ESCAPED.has(glyphs.length >> 8) || ESCAPED.has(glyphs.length & 0xff)) {
      glyphs.push(unused)
    }
    const code = glyphs.length
    const box = of
      .map(({ id, x, y }) => {
        const own = boxOf(outlineOf(face, id))
        return own && movedBox(own, x, y)
      })
      .reduce(bothBoxes, undefined)
    glyphs.push({ parts: of, advance, text, box })
    parts += of.length
    const glyph: PrintedGlyph = {
      codes: String.fromCharCode(code >> 8, code & 0xff),
      width: widthOf(face, advance),
      box: box && scaledBox(face, box),
    }
    known.set(key, glyph)
    return glyph
  }

  return {
    face,
    glyphs,
    add,
    /** One glyph of the font, as it is. */
    addGlyph: (id: GlyphId, text: string, advance = face.glyph(id).advance): PrintedGlyph =>
      add([{ id, x: 0, y: 0 }], advance, text),
    /** The mark for a text that no font has. */
    addMissing: (text: string): PrintedGlyph =>
      add([{ id: 0, x: 0, y: 0 }], notDefined.advance, text),
    /** How many glyphs the embedded font has at most. */
    size: (): number => glyphs.length + parts,
  }
}

const notDefined: SubsetGlyph = {
  parts: [{ id: 0, x: 0, y: 0 }],
  advance: 500,
  text: '',
  box: boxOf(NOT_DEFINED),
}

const unused: SubsetGlyph = { parts: [], advance: 0, text: '', box: undefined }

export const outlineOf = (face: Face, id: GlyphId): Uint8Array =>
  id === 0 ? NOT_DEFINED : face.glyph(id).outline

/** In thousandths of an em. */
export const widthOf = ({ unitsPerEm }: Face, advance: number): number =>
  Math.round((advance * 1000) / unitsPerEm)

export const scaledBox = ({ unitsPerEm }: Face, [xMin, yMin, xMax, yMax]: Box): Box => {
  const scale = 1000 / unitsPerEm
  return [
    Math.floor(xMin * scale),
    Math.floor(yMin * scale),
    Math.ceil(xMax * scale),
    Math.ceil(yMax * scale),
  ]
}
