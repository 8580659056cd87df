import { labelPosition, labelsOfSheet } from '../../../src/formats/pdf/templates/label-template.ts'
import { columns } from '../file/columns.ts'
import { placeOf, svg } from '../file/label-sheet.ts'
import { labelTemplate } from '../file/label-templates.ts'
import type { LabelChoice } from '../form-state.ts'
import { made, withAttributes } from '../page/dom.ts'
import { textOf } from '../text-of.ts'
import { text } from '../texts/texts.ts'
import type { PreviewRows } from './preview.ts'

const LINE = 1.2
const LETTER_WIDTH = 0.6

/**
 * The first sheet of labels with the addresses of the first contacts, and as many empty ones as
 * there are others on it.
 */
export function previewSheet(rows: PreviewRows, choice: LabelChoice, total: number): HTMLElement {
  const template = labelTemplate(choice.template)
  if (!template) return made('div', {})
  const { pageWidth: width, pageHeight: height, insetX, insetY } = template
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img' })
  withAttributes(drawing, { class: 'sheet large', 'aria-label': text('preview.sheet') })
  drawing.append(svg('rect', { class: 'paper', width: `${width}`, height: `${height}` }))
  const addresses = rows.map(blockOf).filter((lines) => lines.length > 0)
  const start = choice.start - 1
  for (let index = 0; index < labelsOfSheet(template); index += 1) {
    const lines = addresses[index - start]
    const isUsed = index < start
    const isMore = lines === undefined && !isUsed && index - start < total && total > rows.length
    const state = isUsed ? 'used' : isMore ? 'more' : 'free'
    drawing.append(svg('rect', { class: `label ${state}`, ...placeOf(template, index) }))
    if (!lines || isUsed) continue
    const { x, y } = labelPosition(template, index)
    const box = {
      x: x + insetX,
      y: y + insetY,
      width: template.width - 2 * insetX,
      height: template.height - 2 * insetY,
    }
    drawing.append(...linesIn(lines, box, choice.fontSize ?? template.fontSize))
  }
  return made('div', { className: 'preview-sheet' }, drawing, spoken(addresses))
}

type Box = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The lines of an address in its label, as small as they have to be. */
function linesIn(lines: readonly string[], box: Box, wanted: number): SVGElement[] {
  const longest = Math.max(...lines.map((line) => line.length), 1)
  const size = Math.min(
    wanted,
    box.height / (lines.length * LINE),
    box.width / (longest * LETTER_WIDTH),
  )
  const top = box.y + (box.height - lines.length * size * LINE) / 2
  return lines.map((line, index) => {
    const one = svg('text', {
      x: `${box.x}`,
      y: `${top + (index + 0.8) * size * LINE}`,
      'font-size': `${size}`,
    })
    one.textContent = line
    return one
  })
}

const heading = (key: string): string =>
  columns.mailing.find((column) => column.key === key)?.heading ?? key

/** A contact with none of these has no address, and gets no label. */
const ADDRESS = [
  'mailing_street_address',
  'mailing_city',
  'mailing_state',
  'mailing_postal_code',
  'mailing_country',
]

/** The address of a contact as the file would print it, with the name above. */
function blockOf(row: PreviewRows[number]): string[] {
  const isAddressed = ADDRESS.some((key) => textOf(row[heading(key)]) !== '')
  return isAddressed ? textOf(row[heading('address_block')]).trim().split('\n') : []
}

/** The same for those who hear the page. */
const spoken = (addresses: readonly (readonly string[])[]) =>
  made('ol', { className: 'unseen' }, ...addresses.map((lines) => made('li', {}, lines.join(', '))))
