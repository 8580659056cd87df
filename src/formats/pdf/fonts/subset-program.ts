import { joinBytes } from '../../../streams/join-bytes.ts'
import type { GlyphId } from './face.ts'
import {
  bothBoxes,
  boxOf,
  compositeOutline,
  movedOutline,
  type Box,
  type Part,
} from './glyph-outline.ts'
import { sfnt } from './sfnt.ts'
import { outlineOf, type Subset, type SubsetGlyph } from './subset.ts'

/** What a TrueType font may have. */
const MOST_GLYPHS = 65_535

const VERSION = 0x0001_0000
const HEAD_MAGIC = 0x5f0f_3cf5

/**
 * The program of an embedded font: TrueType with the tables that a PDF needs (ISO 32000-1, 9.9).
 * The glyph of each code has its number. Behind them are glyphs that are only parts of others.
 *
 * @throws RangeError when there are too many glyphs
 */
export function subsetProgram({ face, glyphs }: Subset): {
  readonly program: Uint8Array
  readonly box: Box
} {
  const outlines = outlinesOf(face, glyphs)
  if (outlines.length > MOST_GLYPHS) throw new RangeError('A font has at most 65,535 glyphs.')
  const boxes = outlines.map(boxOf)
  const box = boxes.reduce(bothBoxes, undefined) ?? [0, 0, 0, 0]
  const offsets = new DataView(new ArrayBuffer(4 * (outlines.length + 1)))
  const metrics = new DataView(new ArrayBuffer(4 * outlines.length))
  let offset = 0
  outlines.forEach((outline, index) => {
    offset += outline.length
    offsets.setUint32(4 * (index + 1), offset)
    metrics.setUint16(4 * index, Math.max(0, glyphs[index]?.advance ?? 0))
    // A renderer moves an outline whose left edge differs from its left side bearing.
    metrics.setInt16(4 * index + 2, boxes[index]?.[0] ?? 0)
  })
  const head = fields(54, [
    [0, 4, VERSION],
    [4, 4, VERSION],
    [12, 4, HEAD_MAGIC],
    // Baseline at 0, left side bearing at 0.
    [16, 2, 3],
    [18, 2, face.unitsPerEm],
    ...box.map((value, index): Field => [36 + 2 * index, 2, value & 0xffff]),
    [46, 2, 8],
    [48, 2, 2],
    // Offsets of 32 bits.
    [50, 2, 1],
  ])
  const hhea = fields(36, [
    [0, 4, VERSION],
    [4, 2, box[3] & 0xffff],
    [6, 2, box[1] & 0xffff],
    [10, 2, Math.max(...glyphs.map(({ advance }) => advance))],
    [18, 2, 1],
    [34, 2, outlines.length],
  ])
  const maxp = fields(32, [
    [0, 4, VERSION],
    [4, 2, outlines.length],
    // Points, contours, both in composites, zones, components, depth: more than fonts have.
    [6, 2, 4000],
    [8, 2, 400],
    [10, 2, 16_000],
    [12, 2, 1600],
    [14, 2, 2],
    [28, 2, 255],
    [30, 2, 6],
  ])
  const [hmtx, loca] = [bytesOf(metrics), bytesOf(offsets)]
  return { program: sfnt({ glyf: joinBytes(outlines), head, hhea, hmtx, loca, maxp }), box }
}

/** The outline of each glyph, those that are only parts of others last. */
function outlinesOf(face: Subset['face'], glyphs: readonly SubsetGlyph[]): Uint8Array[] {
  const numbers = new Map<GlyphId, GlyphId>()
  const others: GlyphId[] = []
  glyphs.forEach((glyph, code) => {
    const [part] = glyph.parts
    if (isPlain(glyph) && part && !numbers.has(part.id)) numbers.set(part.id, code)
  })
  const numberOf = (id: GlyphId): GlyphId => {
    const known = numbers.get(id)
    if (known !== undefined) return known
    const number = glyphs.length + others.push(id) - 1
    numbers.set(id, number)
    return number
  }
  const ownOutline = (id: GlyphId): Uint8Array =>
    aligned(movedOutline(outlineOf(face, id), numberOf))
  const outlines = glyphs.map((glyph, code) => {
    const [part] = glyph.parts
    if (part && isPlain(glyph) && numbers.get(part.id) === code) return ownOutline(part.id)
    const drawn = glyph.parts.filter(({ id }) => boxOf(outlineOf(face, id)) !== undefined)
    if (drawn.length === 0 || !glyph.box) return new Uint8Array()
    const parts = drawn.map(({ id, x, y }): Part => ({ id: numberOf(id), x, y }))
    return aligned(compositeOutline(parts, glyph.box))
  })
  // A part may have parts: the list grows in the loop.
  for (const id of others) outlines.push(ownOutline(id))
  return outlines
}

/** Whether a glyph of the font is drawn as it is. */
const isPlain = ({ parts: [part, ...others] }: SubsetGlyph): boolean =>
  part !== undefined && others.length === 0 && part.x === 0 && part.y === 0

/** Outlines begin at whole words. */
function aligned(outline: Uint8Array): Uint8Array {
  if (outline.length % 4 === 0) return outline
  const longer = new Uint8Array((outline.length + 3) & ~3)
  longer.set(outline)
  return longer
}

type Field = readonly [place: number, bytes: 2 | 4, value: number]

function fields(length: number, list: readonly Field[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(length))
  for (const [place, bytes, value] of list) {
    if (bytes === 2) view.setUint16(place, value)
    else view.setUint32(place, value)
  }
  return bytesOf(view)
}

const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer)
