import type { LabelTemplate } from '../../site/console/file/label-templates.ts'

const INCH = 72
const MILLIMETRE = 72 / 25.4

const LETTER = { width: 612, height: 792 }
const A4 = { width: 595.276, height: 841.89 }

/** The templates of label sheets and envelopes, as the console draws them. */
export function labelSheets(): readonly LabelTemplate[] {
  return [
    sheet('5160', LETTER, INCH, [3, 10], [2.625, 1], [0.1875, 0.5], [2.75, 1]),
    sheet('5161', LETTER, INCH, [2, 10], [4, 1], [0.15625, 0.5], [4.1875, 1]),
    sheet('L7160', A4, MILLIMETRE, [3, 7], [63.5, 38.1], [7.21, 15.15], [66.04, 38.1]),
    sheet('Envelope10', { width: 684, height: 297 }, 1, [1, 1], [360, 126], [288, 126], [0, 0]),
  ]
}

type Pair = readonly [number, number]

function sheet(
  id: string,
  page: LabelTemplate['page'],
  unit: number,
  [across, down]: Pair,
  [width, height]: Pair,
  [left, top]: Pair,
  [x, y]: Pair,
): LabelTemplate {
  return {
    id,
    page,
    across,
    down,
    label: { width: width * unit, height: height * unit },
    first: { left: left * unit, top: top * unit },
    pitch: { x: x * unit, y: y * unit },
  }
}
