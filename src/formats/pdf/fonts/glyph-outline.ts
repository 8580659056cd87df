import type { GlyphId } from './face.ts'

/** The extent of what is drawn: left, bottom, right, top. */
export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number]

/** The flags of a component (ISO/IEC 14496-22, `glyf`). */
const HAS_WORDS = 0x0001
const HAS_OFFSETS = 0x0002
const HAS_SCALE = 0x0008
const HAS_MORE = 0x0020
const HAS_TWO_SCALES = 0x0040
const HAS_MATRIX = 0x0080
const HAS_INSTRUCTIONS = 0x0100

const HEAD_BYTES = 10
const COMPONENT_BYTES = 8

/** A glyph at a place, as a part of another one. */
export type Part = { readonly id: GlyphId; readonly x: number; readonly y: number }

/** The extent of an outline; `undefined` where nothing is drawn. */
export function boxOf(outline: Uint8Array): Box | undefined {
  if (outline.length <= HEAD_BYTES) return undefined
  const view = viewOf(outline)
  return [view.getInt16(2), view.getInt16(4), view.getInt16(6), view.getInt16(8)]
}

/** The extent of two things. */
export const bothBoxes = (one: Box | undefined, other: Box | undefined): Box | undefined =>
  one && other
    ? [
        Math.min(one[0], other[0]),
        Math.min(one[1], other[1]),
        Math.max(one[2], other[2]),
        Math.max(one[3], other[3]),
      ]
    : (one ?? other)

export const movedBox = ([xMin, yMin, xMax, yMax]: Box, x: number, y: number): Box => [
  xMin + x,
  yMin + y,
  xMax + x,
  yMax + y,
]

/** An outline that draws others at their places. */
export function compositeOutline(parts: readonly Part[], box: Box): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEAD_BYTES + COMPONENT_BYTES * parts.length))
  view.setInt16(0, -1)
  box.forEach((value, index) => view.setInt16(2 + 2 * index, value))
  parts.forEach(({ id, x, y }, index) => {
    const offset = HEAD_BYTES + COMPONENT_BYTES * index
    const more = index + 1 < parts.length ? HAS_MORE : 0
    view.setUint16(offset, HAS_WORDS | HAS_OFFSETS | more)
    view.setUint16(offset + 2, id)
    view.setInt16(offset + 4, x)
    view.setInt16(offset + 6, y)
  })
  return new Uint8Array(view.buffer)
}

/**
 * An outline for another font: without instructions, whose programs stay behind, and with the
 * numbers that its components have there.
 */
export function movedOutline(outline: Uint8Array, numberOf: (id: GlyphId) => GlyphId): Uint8Array {
  if (outline.length <= HEAD_BYTES) return new Uint8Array()
  return viewOf(outline).getInt16(0) < 0
    ? withComponents(outline, numberOf)
    : withoutInstructions(outline)
}

function withoutInstructions(outline: Uint8Array): Uint8Array {
  const view = viewOf(outline)
  const place = HEAD_BYTES + 2 * view.getInt16(0)
  const length = view.getUint16(place)
  if (length === 0) return outline
  const moved = new Uint8Array(outline.length - length)
  moved.set(outline.subarray(0, place))
  moved.set(outline.subarray(place + 2 + length), place + 2)
  return moved
}

function withComponents(outline: Uint8Array, numberOf: (id: GlyphId) => GlyphId): Uint8Array {
  const moved = outline.slice()
  const view = viewOf(moved)
  for (let offset = HEAD_BYTES; ;) {
    const flags = view.getUint16(offset)
    view.setUint16(offset, flags & ~HAS_INSTRUCTIONS)
    view.setUint16(offset + 2, numberOf(view.getUint16(offset + 2)))
    offset += 4 + (flags & HAS_WORDS ? 4 : 2) + scaleBytes(flags)
    if (!(flags & HAS_MORE)) return moved.subarray(0, offset)
  }
}

function scaleBytes(flags: number): number {
  if (flags & HAS_MATRIX) return 8
  if (flags & HAS_TWO_SCALES) return 4
  return flags & HAS_SCALE ? 2 : 0
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
