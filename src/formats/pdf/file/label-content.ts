import { heightAbove, blockHeight, leadingOf } from '../fit/text-block.ts'
import type { FittedText } from '../fit/fit-label.ts'
import { labelPosition, labelsOfSheet, type LabelTemplate } from '../templates/label-template.ts'
import { pdfNumber } from './pdf-writer.ts'

/** Nothing is printed nearer to the edge of a label, in points. */
const MARGIN = 1.5

const OUTLINE_WIDTH = 0.4
const OUTLINE_GRAY = 0.6

/** How far the control points of a quarter of a circle are from its ends. */
const CIRCLE = 0.5523

/**
 * The operators that print a label (ISO 32000-1, 9.4). The lines are in the middle of its height,
 * and at the side where most of them begin.
 *
 * @param index of the label on its sheet, from 0
 */
export function labelContent(
  { lines, size }: FittedText,
  template: LabelTemplate,
  index: number,
): string {
  const { pageHeight, width, height, insetX } = template
  const { x, y } = labelPosition(template, index)
  const scale = size / 1000
  const isRightAligned =
    lines.filter(({ isRightToLeft }) => isRightToLeft).length * 2 > lines.length
  const clip = rectangle(
    x + MARGIN,
    y + MARGIN,
    width - 2 * MARGIN,
    height - 2 * MARGIN,
    pageHeight,
  )
  let baseline = y + (height - blockHeight(lines) * scale) / 2 + heightAbove(lines[0]) * scale
  let content = `q ${clip} re W n\nBT\n`
  let font = -1
  lines.forEach((line, number) => {
    // Ink that reaches beyond the ends of a line, as that of J, may reach into the inset.
    const start = isRightAligned
      ? x + width - Math.max(insetX + line.width * scale, MARGIN + line.right * scale)
      : x + Math.max(insetX, MARGIN - line.left * scale)
    content += `1 0 0 1 ${pdfNumber(start)} ${pdfNumber(pageHeight - baseline)} Tm\n`
    for (const run of line.runs) {
      if (run.font !== font) content += `/F${run.font} ${pdfNumber(size)} Tf\n`
      ;({ font } = run)
      content += `(${run.codes})Tj\n`
    }
    const next = lines[number + 1]
    if (next) baseline += leadingOf(line, next) * scale
  })
  return `${content}ET\nQ\n`
}

/** The operators that print the outlines of all labels of a sheet. */
export function outlines(template: LabelTemplate): string {
  const { pageHeight, width, height, corner } = template
  const labels = Array.from({ length: labelsOfSheet(template) }, (_, index) => {
    const { x, y } = labelPosition(template, index)
    return corner === 0
      ? `${rectangle(x, y, width, height, pageHeight)} re S`
      : rounded(x, pageHeight - y - height, x + width, pageHeight - y, corner)
  })
  return [`${OUTLINE_WIDTH} w ${OUTLINE_GRAY} G`, ...labels].join('\n')
}

/** From the upper left corner of the page to the lower left one, as PDF has it. */
const rectangle = (x: number, y: number, width: number, height: number, pageHeight: number) =>
  [x, pageHeight - y - height, width, height].map(pdfNumber).join(' ')

function rounded(left: number, bottom: number, right: number, top: number, radius: number): string {
  const control = radius * (1 - CIRCLE)
  const path: readonly (readonly [operator: string, ...numbers: readonly number[]])[] = [
    ['m', left + radius, bottom],
    ['l', right - radius, bottom],
    ['c', right - control, bottom, right, bottom + control, right, bottom + radius],
    ['l', right, top - radius],
    ['c', right, top - control, right - control, top, right - radius, top],
    ['l', left + radius, top],
    ['c', left + control, top, left, top - control, left, top - radius],
    ['l', left, bottom + radius],
    ['c', left, bottom + control, left + control, bottom, left + radius, bottom],
  ]
  const steps = path.map(([operator, ...numbers]) =>
    [...numbers.map(pdfNumber), operator].join(' '),
  )
  return `${steps.join(' ')} s`
}
