import { made, withAttributes } from '../page/dom.ts'
import { text } from '../texts/texts.ts'
import {
  labelPosition,
  labelsOfSheet,
  type LabelTemplate,
} from '../../../src/formats/pdf/templates/label-template.ts'

const SVG = 'http://www.w3.org/2000/svg'

/**
 * A drawing of a sheet, on which the first free label is chosen: by a click, or by the arrow keys.
 * Those before it are used.
 */
export function labelSheet(
  template: LabelTemplate,
  start: number,
  choose: (number: number) => void,
): HTMLElement {
  const total = labelsOfSheet(template)
  const { pageWidth: width, pageHeight: height } = template
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' })
  const labels = Array.from({ length: total }, (_, index) => {
    const label = svg('rect', placeOf(template, index))
    label.addEventListener('click', () => {
      field.value = String(index + 1)
      set(index + 1)
    })
    return label
  })
  drawing.append(svg('rect', { class: 'paper', width: `${width}`, height: `${height}` }), ...labels)
  const field = made('input', {
    type: 'number',
    min: '1',
    max: String(total),
    value: String(start),
    oninput: () => {
      const number = Number(field.value)
      if (Number.isInteger(number) && number >= 1 && number <= total) set(number)
    },
  })

  function set(number: number): void {
    show(number)
    choose(number)
  }

  function show(number: number): void {
    for (const [index, label] of labels.entries()) {
      const state = index + 1 < number ? 'used' : index + 1 === number ? 'first' : 'free'
      label.setAttribute('class', `label ${state}`)
    }
  }

  show(start)
  withAttributes(drawing, { class: 'sheet' })
  if (total === 1) return made('div', {}, drawing)
  const label = made('label', {}, text('labels.start'), field)
  return made(
    'div',
    { className: 'sheet-choice' },
    drawing,
    made('div', {}, label, made('p', { className: 'hint' }, text('labels.startHint'))),
  )
}

/** Where a label is on its sheet, as attributes of a rectangle. */
export function placeOf(template: LabelTemplate, index: number) {
  const { x, y } = labelPosition(template, index)
  const { width, height, corner } = template
  return { x: `${x}`, y: `${y}`, width: `${width}`, height: `${height}`, rx: `${corner}` }
}

/** An element of a drawing with its attributes. */
export const svg = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
  const one = document.createElementNS(SVG, name)
  return one instanceof SVGElement ? withAttributes(one, attributes) : new SVGElement()
}
