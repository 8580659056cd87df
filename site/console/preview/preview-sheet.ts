import { columns } from '../file/columns.ts'
import { svg } from '../file/label-sheet.ts'
import { labelsOf, labelTemplate } from '../file/label-templates.ts'
import type { LabelChoice } from '../form-state.ts'
import { made, withAttributes } from '../page/dom.ts'
import { text } from '../texts/texts.ts'
import type { PreviewRows } from './preview.ts'
import { textOf } from '../text-of.ts'

const PADDING = 8
const LINE = 1.2
const USUAL_FONT_SIZE = 10
const LETTER_WIDTH = 0.52

/**
 * The first sheet of labels with the addresses of the first contacts, and as many grey ones as
 * there are others on it.
 */
export function previewSheet(rows: PreviewRows, choice: LabelChoice, total: number): HTMLElement {
  const template = labelTemplate(choice.template)
  if (!template) return made('div', {})
  const { page, label, first, pitch, across } = template
  const drawing = svg('svg', { viewBox: `0 0 ${page.width} ${page.height}`, role: 'img' })
  withAttributes(drawing, { class: 'sheet large', 'aria-label': text('preview.sheet') })
  drawing.append(svg('rect', { class: 'paper', width: `${page.width}`, height: `${page.height}` }))
  const addresses = rows.map(blockOf).filter((lines) => lines.length > 0)
  const start = choice.start - 1
  for (let index = 0; index < labelsOf(template); index += 1) {
    const x = first.left + (index % across) * pitch.x
    const y = first.top + Math.floor(index / across) * pitch.y
    const lines = addresses[index - start]
    const isUsed = index < start
    const isMore = lines === undefined && !isUsed && index - start < total && total > rows.length
    drawing.append(
      svg('rect', {
        class: `label ${isUsed ? 'used' : isMore ? 'more' : 'free'}`,
        x: `${x}`,
        y: `${y}`,
        width: `${label.width}`,
        height: `${label.height}`,
        rx: '4',
      }),
    )
    if (lines && !isUsed) drawing.append(...linesIn(lines, { x, y, ...label }, choice.fontSize))
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
function linesIn(lines: readonly string[], box: Box, wanted = USUAL_FONT_SIZE): SVGElement[] {
  const longest = Math.max(...lines.map((line) => line.length), 1)
  const size = Math.min(
    wanted,
    (box.height - PADDING) / (lines.length * LINE),
    (box.width - 2 * PADDING) / (longest * LETTER_WIDTH),
  )
  const top = box.y + (box.height - lines.length * size * LINE) / 2
  return lines.map((line, index) => {
    const one = svg('text', {
      x: `${box.x + PADDING}`,
      y: `${top + (index + 0.8) * size * LINE}`,
      'font-size': `${size}`,
    })
    one.textContent = line
    return one
  })
}

const heading = (key: string): string =>
  columns.mailing.find((column) => column.key === key)?.heading ?? key

/** The address of a contact as the file would print it, with the name above. */
function blockOf(row: PreviewRows[number]): string[] {
  const block = textOf(row[heading('address_block')]).trim()
  return block === '' ? [] : block.split('\n')
}

/** The same for those who hear the page. */
const spoken = (addresses: readonly (readonly string[])[]) =>
  made('ol', { className: 'unseen' }, ...addresses.map((lines) => made('li', {}, lines.join(', '))))
