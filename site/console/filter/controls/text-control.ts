import { made, withAttributes } from '../../page/dom.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'
import { textOf } from '../../text-of.ts'

const LONGEST = 200

/** A text to search for. */
export function textControl({ labelId, value, changed }: ControlSetting): ValueControl {
  const noted: unknown = Object(value).wildcard_note_search
  const input = made('input', {
    value: textOf(value) || textOf(noted),
    maxLength: LONGEST,
    autocomplete: 'off',
    oninput: changed,
  })
  withAttributes(input, { 'aria-labelledby': labelId })
  return {
    element: input,
    read: () => (input.value.trim() === '' ? undefined : input.value.trim()),
    focus: () => input.focus(),
  }
}
