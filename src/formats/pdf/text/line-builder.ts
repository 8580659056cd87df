import type { PrintedGlyph } from '../fonts/subset.ts'

/** A part of a line in one font. */
type Run = {
  /** The index of the font in the file. */
  readonly font: number
  /** The codes of its glyphs, two characters each. */
  readonly codes: string
  /** In thousandths of an em. */
  readonly width: number
}

/** A line of text, laid out from left to right. Lengths are in thousandths of an em. */
export type Line = {
  readonly text: string
  readonly runs: readonly Run[]
  readonly width: number
  readonly isRightToLeft: boolean
  /** The extent of the ink, from the left end of the baseline. */
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** Adds glyphs to a line, one after the other. */
export function lineBuilder() {
  const runs: Run[] = []
  let font = -1
  let codes = ''
  let start = 0
  let width = 0
  let [left, right, bottom, top] = [0, 0, 0, 0]

  const endRun = (): void => {
    if (codes !== '') runs.push({ font, codes, width: width - start })
    codes = ''
    start = width
  }

  return {
    add(fontOfGlyph: number, glyph: PrintedGlyph): void {
      if (fontOfGlyph !== font) {
        endRun()
        font = fontOfGlyph
      }
      const { box } = glyph
      if (box) {
        if (width + box[0] < left) left = width + box[0]
        if (box[1] < bottom) [, bottom] = box
        if (width + box[2] > right) right = width + box[2]
        if (box[3] > top) [, , , top] = box
      }
      codes += glyph.codes
      width += glyph.width
    },

    end(text: string, isRightToLeft: boolean): Line {
      endRun()
      return { text, runs, width, isRightToLeft, left, right: Math.max(right, width), bottom, top }
    },
  }
}
