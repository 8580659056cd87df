import { made } from '../page/dom.ts'
import { text } from '../texts/texts.ts'
import type { AccountLists } from './account-lists.ts'
import { choiceControl } from './controls/choice-control.ts'
import type { ControlSetting, ValueControl } from './controls/value-control.ts'

type Named = Pick<ControlSetting, 'label' | 'labelId'>

/** The account lists by their names, which arrive later than the form. */
export function accountListControl(
  named: Named,
  value: unknown,
  lists: AccountLists,
  changed: () => void,
): ValueControl {
  const element = made('div', {})
  let current = choice(value)

  function choice(chosen: unknown): ValueControl {
    const choices = lists.all().map(({ id, name }) => ({ value: id, label: name ?? id }))
    const setting = { ...named, value: chosen, changed }
    return choiceControl(setting, choices, text('contacts.all'))
  }

  element.append(current.element)
  lists.onChange(() => {
    if (element.isConnected && !element.querySelector('[open]')) {
      current = choice(current.read())
      element.replaceChildren(current.element)
    }
  })
  return { element, read: () => current.read(), focus: () => current.focus() }
}
