import { checked, labelled, made, options } from '../page/dom.ts'
import type { LabelChoice } from '../form-state.ts'
import { counted, text } from '../texts/texts.ts'
import { labelSheet } from './label-sheet.ts'
import {
  labelsOfSheet,
  type LabelTemplate,
} from '../../../src/formats/pdf/templates/label-template.ts'
import { labelTemplates } from '../../../src/formats/pdf/templates/label-templates.ts'
import { labelTemplate } from './label-templates.ts'

const FONT_SIZES = [6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24]

const LETTER_WIDTH = 612
const A4_WIDTH = 595.28

/** How labels are printed: the sheet, the first label that is free on it, letters, outlines. */
export function labelsControl(changed: () => void) {
  const template = made('select', { onchange: chooseTemplate }, ...groups())
  const fontSize = made('select', { onchange: changed })
  fontSize.append(
    ...options([
      ['', text('labels.fontSizeAuto')],
      ...FONT_SIZES.map((size) => [String(size), text('labels.points', { n: size })] as const),
    ]),
  )
  const border = checked(text('labels.border'), { onchange: changed })
  const place = made('div', { className: 'sheet-place' })
  let start = 1
  let sheet = drawn()

  function drawn() {
    const one = labelTemplate(template.value)
    return (
      one &&
      labelSheet(one, start, (number) => {
        start = number
        changed()
      })
    )
  }

  function chooseTemplate(): void {
    const one = labelTemplate(template.value)
    if (one && start > labelsOfSheet(one)) start = 1
    draw()
    changed()
  }

  function draw(): void {
    sheet = drawn()
    place.replaceChildren(...(sheet ? [sheet] : []))
  }

  function show(choice: LabelChoice): void {
    const known = labelTemplate(choice.template)
    template.value = known?.key ?? ''
    start = known && choice.start <= labelsOfSheet(known) ? choice.start : 1
    fontSize.value = String(choice.fontSize ?? '')
    border.input.checked = choice.border
    draw()
  }

  return {
    element: made(
      'div',
      { className: 'labels-form' },
      labelled(text('labels.sheet'), template),
      place,
      labelled(text('labels.fontSize'), fontSize),
      border.element,
      made('p', { className: 'hint' }, text('labels.about')),
    ),
    show,
    current: (): LabelChoice => ({
      template: template.value,
      start,
      fontSize: fontSize.value === '' ? undefined : Number(fontSize.value),
      border: border.input.checked,
    }),
  }
}

/** The templates by the size of their paper. */
function groups(): HTMLOptGroupElement[] {
  return [
    group(text('labels.letter'), labelTemplates.filter(isOn(LETTER_WIDTH))),
    group(text('labels.a4'), labelTemplates.filter(isOn(A4_WIDTH))),
    group(text('labels.envelopes'), labelTemplates.filter(isEnvelope)),
  ]
}

const isEnvelope = (one: LabelTemplate): boolean => labelsOfSheet(one) === 1

const isOn =
  (width: number) =>
  (one: LabelTemplate): boolean =>
    !isEnvelope(one) && Math.abs(one.pageWidth - width) < 1

const group = (label: string, all: readonly LabelTemplate[]) =>
  made('optgroup', { label }, ...options(all.map((one) => [one.key, nameOf(one)])))

const nameOf = (one: LabelTemplate): string =>
  isEnvelope(one) ? one.title : `${one.title} · ${counted('labels.perSheet', labelsOfSheet(one))}`
