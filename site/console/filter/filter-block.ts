import { button, made, newId, options, withAttributes } from '../page/dom.ts'
import { text } from '../texts/texts.ts'
import { keyHint, keyLabel } from './filter-labels.ts'
import type { ControlSetting, ValueControl } from './controls/value-control.ts'

/** A filter of the form: its name, its condition and the control of its value. */
export type FilterBlock = {
  readonly key: string
  readonly element: HTMLElement
  /** What it adds to the filter. */
  readonly read: () => Readonly<Record<string, unknown>>
  readonly focus: () => void
}

type BlockSetting = {
  readonly key: string
  readonly isReversible: boolean
  readonly isReversed: boolean
  readonly changed: () => void
  /** Is missing where the filter stays at hand. */
  readonly remove?: () => void
  readonly control: (setting: Pick<ControlSetting, 'label' | 'labelId'>) => ValueControl
  /** A further choice below the control, and what it adds to the filter. */
  readonly more?: {
    readonly element: HTMLElement
    readonly read: () => Readonly<Record<string, unknown>>
  }
}

export function filterBlock({
  key,
  changed,
  remove,
  control,
  more,
  ...reverse
}: BlockSetting): FilterBlock {
  const label = keyLabel(key)
  const labelId = newId()
  const value = control({ label, labelId })
  const condition = made('select', { className: 'condition', onchange: changed })
  condition.append(
    ...options([
      ['', text('control.is')],
      ['not', text('control.isNot')],
    ]),
  )
  condition.value = reverse.isReversed ? 'not' : ''
  withAttributes(condition, { 'aria-label': text('control.condition', { filter: label }) })
  const removal = remove && button('×', remove, 'remove')
  if (removal) removal.ariaLabel = text('add.remove', { filter: label })
  const hint = keyHint(key)
  const element = made(
    'div',
    { className: 'filter' },
    made(
      'div',
      { className: 'filter-head' },
      made('span', { id: labelId, className: 'label' }, label),
      reverse.isReversible && condition,
      removal,
    ),
    hint !== undefined && made('p', { className: 'hint' }, hint),
    value.element,
    more?.element,
  )
  withAttributes(element, { 'data-key': key })
  return {
    key,
    element,
    focus: value.focus,
    read() {
      const chosen = value.read()
      if (chosen === undefined) return {}
      return {
        [key]: chosen,
        ...(condition.value === 'not' && { [`reverse_${key}`]: true }),
        ...more?.read(),
      }
    },
  }
}
