import { checked, made, newId, withAttributes } from '../../page/dom.ts'
import { closeOutside } from '../../page/close-outside.ts'
import { listForm } from '../../texts/forms.ts'
import { text } from '../../texts/texts.ts'
import { itemsOf } from '../filter-items.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'

export type Choice = { readonly value: string; readonly label: string }

/** So many are named; of more, their number is told. */
const MOST_NAMED = 3

/**
 * Several of a closed list, ticked in a box that opens.
 *
 * @param none what is told where nothing is ticked
 */
export function choiceControl(
  { labelId, value, changed }: Pick<ControlSetting, 'labelId' | 'value' | 'changed'>,
  choices: readonly Choice[],
  none = text('control.any'),
): ValueControl {
  const chosen = new Set(itemsOf(value).map((item) => item.toLowerCase()))
  const boxes = choices.map(({ value: one, label }) =>
    checked(label, { value: one, checked: chosen.has(one.toLowerCase()), onchange: tick }),
  )
  const known = new Set(choices.map((choice) => choice.value.toLowerCase()))
  const others = itemsOf(value).filter((item) => !known.has(item.toLowerCase()))
  const summary = made('summary', { id: newId() })
  withAttributes(summary, { 'aria-labelledby': `${labelId} ${summary.id}` })
  const list = made('div', { className: 'popup choices' }, ...boxes.map(({ element }) => element))
  withAttributes(list, { role: 'group', 'aria-labelledby': labelId })
  const element = made('details', { className: 'choice' }, summary, list)
  closeOutside(element)

  function tick(): void {
    show()
    changed()
  }

  const ticked = () => boxes.filter(({ input }) => input.checked)

  function show(): void {
    const names = [...ticked().map((box) => box.element.textContent), ...others]
    if (names.length === 0) summary.textContent = none
    else if (names.length <= MOST_NAMED) summary.textContent = listForm(names)
    else summary.textContent = text('control.chosen', { n: names.length })
  }

  show()
  return {
    element,
    read: () => {
      const values = [...ticked().map(({ input }) => input.value), ...others]
      return values.length > 0 ? values : undefined
    },
    focus: () => summary.focus(),
  }
}
