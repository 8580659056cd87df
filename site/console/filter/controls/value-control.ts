import type { Session } from '../../session.ts'
import type { FilterControl } from '../filter-controls.ts'
import { choiceControl } from './choice-control.ts'
import { datesControl } from './dates-control.ts'
import { flagControl, wordControl } from './word-control.ts'
import { idsControl } from './ids-control.ts'
import { listControl } from './list-control.ts'
import { amountsControl, daysControl } from './range-controls.ts'
import { textControl } from './text-control.ts'
import { wordLabel } from '../filter-labels.ts'

/** Where a value of the filter is chosen. */
export type ValueControl = {
  readonly element: HTMLElement
  /** The value as the API takes it, `undefined` where there is none. */
  readonly read: () => unknown
  readonly focus: () => void
}

export type ControlSetting = {
  readonly control: FilterControl
  /** What the filter is called. */
  readonly label: string
  /** The id of the element that shows it. */
  readonly labelId: string
  /** As it is in the filter now. */
  readonly value: unknown
  readonly changed: () => void
  readonly session: Session
}

/** The control for a key, by what its value is. */
export function valueControl(setting: ControlSetting): ValueControl {
  const { control } = setting
  switch (control.kind) {
    case 'words':
      return choiceControl(
        setting,
        control.words.map((word) => ({ value: word, label: wordLabel(control.key, word) })),
      )
    case 'word':
      return wordControl(setting)
    case 'flag':
    case 'yesNo':
      return flagControl(setting)
    case 'dates':
      return datesControl(setting)
    case 'amounts':
      return amountsControl(setting)
    case 'days':
      return daysControl(setting)
    case 'ids':
      return idsControl(setting)
    case 'list':
    case 'numbers':
      return listControl(setting)
    case 'text':
      return textControl(setting)
    default:
      return control.kind satisfies never
  }
}
