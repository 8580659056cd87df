import { labelled, made, options, withAttributes } from '../../page/dom.ts'
import { text } from '../../texts/texts.ts'
import { daysOfPeriod, daysOfRange, periodNames, type Days } from '../periods.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'

/** A range of days: a usual period, or two days of one's own. */
export function datesControl({ label, labelId, value, changed }: ControlSetting): ValueControl {
  const from = made('input', { type: 'date', oninput: typed })
  const to = made('input', { type: 'date', oninput: typed })
  const period = made('select', { onchange: choose }, ...options([['', text('period.custom')]]))
  period.append(...options(periodNames.map((name) => [name, text(`period.${name}`)] as const)))
  withAttributes(period, { 'aria-label': text('control.period', { filter: label }) })
  show(daysOfRange(value))

  function choose(): void {
    const name = periodNames.find((one) => one === period.value)
    if (name) show(daysOfPeriod(name, new Date()))
    else from.focus()
    changed()
  }

  function typed(): void {
    period.value = ''
    changed()
  }

  function show(days: Days): void {
    from.value = days.from
    to.value = days.to
    period.value = periodNames.find((name) => isSame(daysOfPeriod(name, new Date()), days)) ?? ''
  }

  const element = made(
    'div',
    { className: 'range dates' },
    period,
    labelled(text('control.from'), from),
    labelled(text('control.to'), to),
  )
  withAttributes(element, { role: 'group', 'aria-labelledby': labelId })
  return {
    element,
    read: () => (from.value || to.value ? `${from.value}..${to.value}` : undefined),
    focus: () => period.focus(),
  }
}

const isSame = (one: Days, other: Days): boolean => one.from === other.from && one.to === other.to
