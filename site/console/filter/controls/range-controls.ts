import { labelled, made, withAttributes } from '../../page/dom.ts'
import { text } from '../../texts/texts.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'
import { textOf } from '../../text-of.ts'

/** Amounts of money, both ends in; either may be open. */
export function amountsControl(setting: ControlSetting): ValueControl {
  const { min, max } = Object(setting.value)
  return twoNumbers(setting, [min, max], '0.01', ([least, most]) =>
    least === '' && most === ''
      ? undefined
      : { ...(least !== '' && { min: Number(least) }), ...(most !== '' && { max: Number(most) }) },
  )
}

/** A number of days, `30` or `30_60`. */
export function daysControl(setting: ControlSetting): ValueControl {
  return twoNumbers(setting, textOf(setting.value).split('_'), '1', ([least, most]) => {
    if (least === '' && most === '') return undefined
    return most === '' ? least : `${least === '' ? '0' : least}_${most}`
  })
}

function twoNumbers(
  { changed, control, labelId }: ControlSetting,
  [least, most]: readonly unknown[],
  step: string,
  valueOf: (both: readonly [string, string]) => unknown,
): ValueControl {
  const field = (value: unknown) =>
    made('input', {
      type: 'number',
      inputMode: 'decimal',
      min: '0',
      step,
      value: textOf(value).replace(/[^\d.]/g, ''),
      oninput: changed,
    })
  const [from, to] = [field(least), field(most)]
  const unit = control.kind === 'days' ? ` (${text('control.days')})` : ''
  const element = made(
    'div',
    { className: 'range' },
    labelled(`${text('control.atLeast')}${unit}`, from),
    labelled(`${text('control.atMost')}${unit}`, to),
  )
  withAttributes(element, { role: 'group', 'aria-labelledby': labelId })
  return {
    element,
    read: () => valueOf([from.value, to.value]),
    focus: () => from.focus(),
  }
}
