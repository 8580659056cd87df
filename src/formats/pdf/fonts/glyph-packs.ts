import type { TrueType } from './true-type.ts'

/**
 * Large fonts are stored in packs of glyphs, so that a file loads only what it needs. Their glyphs
 * need no shaping. A pack begins with the offset of each outline and of the end, 32 bits each, and
 * the advances, 16 bits each; all little-endian. The index is the list of code points, 32 bits
 * each: glyph N of the packed font, from 1, is the one of the Nth code point.
 */
export const GLYPHS_OF_PACK = 256

/** The units of an em in packed fonts. */
export const PACKED_UNITS_PER_EM = 1000

/** The glyph of a pack. */
export type PackedGlyph = { readonly advance: number; readonly outline: Uint8Array }

/** Makes the index and the packs of a font. @param codePoints in the order of their glyphs */
export function packGlyphs(
  font: TrueType,
  codePoints: readonly number[],
): { readonly index: Uint8Array; readonly packs: readonly Uint8Array[] } {
  if (font.unitsPerEm !== PACKED_UNITS_PER_EM) throw new Error('The em must have 1,000 units.')
  const count = Math.ceil(codePoints.length / GLYPHS_OF_PACK)
  return {
    index: new Uint8Array(Uint32Array.from(codePoints).buffer),
    packs: Array.from({ length: count }, (_, pack) => {
      const from = pack * GLYPHS_OF_PACK
      return packOf(font, codePoints.slice(from, from + GLYPHS_OF_PACK))
    }),
  }
}

function packOf(font: TrueType, codePoints: readonly number[]): Uint8Array {
  const glyphs = codePoints.map(font.glyphOf)
  const outlines = glyphs.map(font.outlineOf)
  const start = headLength(glyphs.length)
  const bytes = new Uint8Array(outlines.reduce((sum, { length }) => sum + length, start))
  const view = new DataView(bytes.buffer)
  view.setUint32(4 * glyphs.length, bytes.length, true)
  let offset = start
  outlines.forEach((outline, index) => {
    if (isComposite(outline)) throw new Error('Packs have no place for composite glyphs.')
    view.setUint32(4 * index, offset, true)
    view.setUint16(4 * (glyphs.length + 1) + 2 * index, font.advanceOf(glyphs[index] ?? 0), true)
    bytes.set(outline, offset)
    offset += outline.length
  })
  return bytes
}

/** Offsets and advances. */
const headLength = (glyphs: number): number => 4 * (glyphs + 1) + 2 * glyphs

const isComposite = (outline: Uint8Array): boolean => (outline[0] ?? 0) >= 0x80

/** The glyph at a place of a pack. */
export function glyphOfPack(pack: Uint8Array, place: number): PackedGlyph {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.length)
  const glyphs = (view.getUint32(0, true) - 4) / 6
  return {
    advance: view.getUint16(4 * (glyphs + 1) + 2 * place, true),
    outline: pack.subarray(view.getUint32(4 * place, true), view.getUint32(4 * place + 4, true)),
  }
}
