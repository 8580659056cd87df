import type { LabelTemplate } from '../templates/label-template.ts'
import type { Line } from '../text/line-builder.ts'
import { breakLine } from './break-line.ts'
import { cutLines } from './cut-lines.ts'
import { LAST_LINES } from './label-lines.ts'
import { linePieces, type Piece, type ShapeText } from './line-pieces.ts'
import { blockHeight, blockWidth, linesOfHeight } from './text-block.ts'

/** Points. */
const LEAST_SIZE = 6
const STEP = 0.5
/** What a size is rounded down to. */
const GRAIN = 0.25

/** Before lines are broken, the text may become this small. */
const SHRINKING = 0.75

/** For a first line and last lines that do not fit at 6 points: they are not cut. */
const UNREADABLE_SIZES = [5.5, 5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1]

/** The lines of a label as they are printed. */
export type FittedText = {
  readonly lines: readonly Line[]
  /** In points. */
  readonly size: number
  readonly isCut: boolean
}

/** A line as it was given, and its pieces. */
type Source = {
  readonly line: Line
  readonly pieces: () => readonly Piece[]
  readonly shape: ShapeText
}

/**
 * Fits lines into a label. They are printed smaller, down to three quarters of the size; then long
 * ones are broken; then all are printed smaller again, down to 6 points; then lines are cut, but
 * never the first or the last three.
 *
 * @param shape lays out a text, as a part of a line of the direction
 */
export function fitLabel(
  texts: readonly string[],
  { width, height, insetX, insetY }: LabelTemplate,
  fontSize: number,
  shape: (text: string, isRightToLeft?: boolean) => Line,
): FittedText {
  const room = { width: (width - 2 * insetX) * 1000, height: (height - 2 * insetY) * 1000 }
  const given = texts.map((text) => shape(text))
  const fits = (lines: readonly Line[], size: number): boolean =>
    blockHeight(lines) * size <= room.height && blockWidth(lines) * size <= room.width
  if (fits(given, fontSize)) return { lines: given, size: fontSize, isCut: false }
  const largest = Math.min(room.width / blockWidth(given), room.height / blockHeight(given))
  const smallest = Math.max(fontSize * SHRINKING, LEAST_SIZE)
  const shrunk = Math.floor(largest / GRAIN) * GRAIN
  if (shrunk >= smallest) return { lines: given, size: shrunk, isCut: false }

  const sources = given.map(sourceOf(shape))
  const partsOf = (source: Source, size: number): readonly string[] =>
    source.line.right - source.line.left <= room.width / size
      ? [source.line.text]
      : breakLine(source.pieces(), room.width / size)

  for (let size = smallest; size >= LEAST_SIZE; size = nextSize(size)) {
    const parts = sources.map((source) => partsOf(source, size))
    if (parts.flat().length > linesOfHeight(room.height / size)) continue
    const lines = sources.flatMap((source, index) => shaped(source, parts[index] ?? []))
    if (fits(lines, size)) return { lines, size, isCut: false }
  }

  for (const size of [LEAST_SIZE, ...UNREADABLE_SIZES]) {
    const parts = sources.map((source) => partsOf(source, size))
    const middle = parts.slice(1, -LAST_LINES)
    const kept = parts.length - middle.length
    const first = parts.slice(0, Math.min(1, kept)).flat().length
    const last = parts.slice(1 + middle.length).flat().length
    const whole = middle.flat().length
    const most = Math.min(linesOfHeight(room.height / size) - first - last, whole)
    for (let count = most; count >= Math.min(1, middle.length); count -= 1) {
      const cut = cutLines(middle, count, (text) => {
        const line = shape(text)
        return line.right - line.left <= room.width / size
      })
      const all = [...parts.slice(0, 1), ...cut, ...parts.slice(1 + middle.length)]
      const lines = sources.flatMap((source, index) => shaped(source, all[index] ?? []))
      if (fits(lines, size)) return { lines, size, isCut: count < whole }
    }
  }
  return { lines: given, size: 1, isCut: true }
}

const shaped = (source: Source, parts: readonly string[]): readonly Line[] =>
  parts.map((part) => (part === source.line.text ? source.line : source.shape(part)))

const sourceOf =
  (shape: (text: string, isRightToLeft?: boolean) => Line) =>
  (line: Line): Source => {
    const shapePart: ShapeText = (text) => shape(text, line.isRightToLeft)
    let pieces: readonly Piece[] | undefined
    return { line, shape: shapePart, pieces: () => (pieces ??= linePieces(line.text, shapePart)) }
  }

/** The next smaller size, down to the least, and then one below. */
const nextSize = (size: number): number =>
  size > LEAST_SIZE ? Math.max(size - STEP, LEAST_SIZE) : 0
