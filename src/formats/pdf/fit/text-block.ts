import { ASCENT, DESCENT } from '../file/embedded-font.ts'
import type { Line } from '../text/line-builder.ts'

/** Lengths are in thousandths of an em. */
const LEADING = 1220

/** Between the ink of two lines. */
const LEAST_GAP = 40

/** How far a line reaches above its baseline: as usual lines do, or as its ink does. */
export const heightAbove = (line: Line | undefined): number => Math.max(ASCENT, line?.top ?? 0)

const depthBelow = (line: Line | undefined): number => Math.max(-DESCENT, -(line?.bottom ?? 0))

/** From one baseline to the next: more than usual where ink would touch. */
export const leadingOf = (line: Line, next: Line): number =>
  Math.max(LEADING, LEAST_GAP - line.bottom + next.top)

/** The height of some lines, from the top of the first to the bottom of the last. */
export const blockHeight = (lines: readonly Line[]): number =>
  lines.reduce(
    (height, line, index) => {
      const next = lines[index + 1]
      return height + (next ? leadingOf(line, next) : 0)
    },
    heightAbove(lines[0]) + depthBelow(lines.at(-1)),
  )

/** How wide the ink of the widest line is. */
export const blockWidth = (lines: readonly Line[]): number =>
  lines.reduce((widest, { left, right }) => Math.max(widest, right - left), 0)

/** How many usual lines fit into a height. */
export const linesOfHeight = (height: number): number =>
  Math.floor((height - ASCENT + DESCENT) / LEADING) + 1
