import { made, options, withAttributes } from '../../page/dom.ts'
import { text } from '../../texts/texts.ts'
import { wordLabel } from '../filter-labels.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'
import { textOf } from '../../text-of.ts'

/** One of a few words, or none. */
export function wordControl(setting: ControlSetting): ValueControl {
  const { control, value } = setting
  const words = control.words.map((word) => [word, wordLabel(control.key, word)] as const)
  return select(setting, words, textOf(value), (word) => word)
}

/** Yes or no, or neither. */
export function flagControl(setting: ControlSetting): ValueControl {
  const { control, value } = setting
  const isFlag = control.kind === 'flag'
  const [yes, no] = isFlag ? ['true', 'false'] : ['Yes', 'No']
  const words = [[yes, text('control.yes')] as const, [no, text('control.no')] as const]
  const given = textOf(value).toLowerCase()
  const shown = words.find(([word]) => word.toLowerCase() === given)?.[0] ?? ''
  return select(setting, words, shown, (word) => (isFlag ? word === 'true' : word))
}

function select(
  { labelId, changed }: ControlSetting,
  words: readonly (readonly [string, string])[],
  value: string,
  valueOf: (word: string) => unknown,
): ValueControl {
  const element = made('select', { onchange: changed }, ...options([['', text('control.any')]]))
  element.append(...options(words))
  element.value = value
  withAttributes(element, { 'aria-labelledby': labelId })
  return {
    element,
    read: () => (element.value === '' ? undefined : valueOf(element.value)),
    focus: () => element.focus(),
  }
}
