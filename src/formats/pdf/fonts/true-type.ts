import type { GlyphId } from './face.ts'

/** What is used of a TrueType font. */
export type TrueType = {
  readonly unitsPerEm: number
  readonly codePoints: () => readonly number[]
  readonly glyphOf: (codePoint: number) => GlyphId
  readonly advanceOf: (glyph: GlyphId) => number
  readonly outlineOf: (glyph: GlyphId) => Uint8Array
}

/** A range of code points and how its glyphs are found. */
type Segment = {
  readonly first: number
  readonly last: number
  readonly glyphOf: (codePoint: number) => GlyphId
}

/**
 * Reads a TrueType font (ISO/IEC 14496-22), with outlines in `glyf` and a `cmap` of format 4 or 12.
 *
 * @throws when it has no such tables
 */
export function readTrueType(bytes: Uint8Array): TrueType {
  const view = viewOf(bytes)
  const tables = tablesOf(view)
  const at = (tag: string): number => {
    const offset = tables.get(tag)
    if (offset === undefined) throw new Error(`The font has no table '${tag}'.`)
    return offset
  }
  const [head, hhea, hmtx, loca, glyf] = ['head', 'hhea', 'hmtx', 'loca', 'glyf'].map(at)
  if (!head || !hhea || !hmtx || !loca || !glyf) throw new Error('The font has an empty table.')
  const hasLongOffsets = view.getInt16(head + 50) === 1
  const metrics = view.getUint16(hhea + 34)
  const segments = segmentsOf(view, at('cmap'))
  const offsetOf = (glyph: GlyphId): number =>
    hasLongOffsets ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph)
  return {
    unitsPerEm: view.getUint16(head + 18),
    codePoints: () =>
      segments.flatMap(({ first, last, glyphOf }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
          (codePoint) => glyphOf(codePoint) !== 0,
        ),
      ),
    glyphOf: (codePoint) => segmentOf(segments, codePoint)?.glyphOf(codePoint) ?? 0,
    advanceOf: (glyph) => view.getUint16(hmtx + 4 * Math.min(glyph, metrics - 1)),
    outlineOf: (glyph) => bytes.subarray(glyf + offsetOf(glyph), glyf + offsetOf(glyph + 1)),
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** The offset of each table. */
function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const count = view.getUint16(4)
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const record = 12 + 16 * index
      const tag = [0, 1, 2, 3].map((place) => String.fromCharCode(view.getUint8(record + place)))
      return [tag.join(''), view.getUint32(record + 8)] as const
    }),
  )
}

/** The segments of the best subtable of a `cmap`, in the order of their code points. */
function segmentsOf(view: DataView, cmap: number): readonly Segment[] {
  const subtables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, index) => cmap + view.getUint32(cmap + 8 + 8 * index),
  )
  const withFormat = (format: number) =>
    subtables.find((subtable) => view.getUint16(subtable) === format)
  const whole = withFormat(12)
  if (whole !== undefined) return groupsOf(view, whole)
  const basic = withFormat(4)
  if (basic !== undefined) return deltasOf(view, basic)
  throw new Error('The font has no cmap of format 4 or 12.')
}

/** Format 12: all of Unicode. */
const groupsOf = (view: DataView, subtable: number): readonly Segment[] =>
  Array.from({ length: view.getUint32(subtable + 12) }, (_, index) => {
    const [first, last, glyph] = [0, 4, 8].map((place) =>
      view.getUint32(subtable + 16 + 12 * index + place),
    )
    if (first === undefined || last === undefined || glyph === undefined) throw new RangeError()
    return { first, last, glyphOf: (codePoint) => glyph + codePoint - first }
  })

/** Format 4: the Basic Multilingual Plane. */
function deltasOf(view: DataView, subtable: number): readonly Segment[] {
  const count = view.getUint16(subtable + 6) / 2
  const ends = subtable + 14
  const starts = ends + 2 * count + 2
  const deltas = starts + 2 * count
  const offsets = deltas + 2 * count
  return Array.from({ length: count }, (_, index) => {
    const first = view.getUint16(starts + 2 * index)
    const delta = view.getUint16(deltas + 2 * index)
    const place = offsets + 2 * index
    const offset = view.getUint16(place)
    return {
      first,
      last: view.getUint16(ends + 2 * index),
      glyphOf: (codePoint) => {
        if (offset === 0) return (codePoint + delta) & 0xffff
        const glyph = view.getUint16(place + offset + 2 * (codePoint - first))
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff
      },
    }
  })
}

function segmentOf(segments: readonly Segment[], codePoint: number): Segment | undefined {
  let from = 0
  let to = segments.length
  while (from < to) {
    const middle = (from + to) >> 1
    const segment = segments[middle]
    if (segment && segment.last < codePoint) from = middle + 1
    else to = middle
  }
  const found = segments[from]
  return found && found.first <= codePoint ? found : undefined
}
