import { checked, made, newId, withAttributes } from '../../page/dom.ts'
import { counted, text } from '../../texts/texts.ts'
import { itemsOf } from '../filter-items.ts'
import { wordLabel } from '../filter-labels.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const EXAMPLE = '3f2c1a90-5b7e-4c21-9d0a-6f1e2b3c4d5e'

/** Ids, pasted as a list in any form, and the words that stand for ids. */
export function idsControl({ control, labelId, value, changed }: ControlSetting): ValueControl {
  const given = itemsOf(value)
  const boxes = control.words.map((word) =>
    checked(wordLabel(control.key, word), {
      value: word,
      checked: given.includes(word),
      onchange: changed,
    }),
  )
  const note = made('p', { className: 'hint', id: newId(), role: 'status' })
  const area = made('textarea', {
    rows: 3,
    spellcheck: false,
    autocomplete: 'off',
    placeholder: text('control.ids'),
    value: given.filter((item) => !control.words.includes(item)).join('\n'),
    oninput: () => {
      tell()
      changed()
    },
  })
  withAttributes(area, { 'aria-labelledby': labelId, 'aria-describedby': note.id })

  const ids = () => [...new Set(area.value.split(/[\s,;"'|]+/).filter((one) => one !== ''))]

  function tell(): void {
    const all = ids()
    const wrong = all.find((one) => !UUID.test(one))
    area.ariaInvalid = wrong === undefined ? null : 'true'
    note.className = wrong === undefined ? 'hint' : 'fault'
    if (wrong !== undefined) {
      const shown = wrong.length > 40 ? `${wrong.slice(0, 40)} …` : wrong
      note.textContent = text('control.idsWrong', { value: shown, example: EXAMPLE })
    } else note.textContent = all.length === 0 ? '' : counted('control.idsCount', all.length)
  }

  tell()
  return {
    element: made('div', {}, ...boxes.map(({ element }) => element), area, note),
    read: () => {
      const words = boxes.filter(({ input }) => input.checked).map(({ input }) => input.value)
      const all = [...words, ...ids()]
      return all.length > 0 ? all : undefined
    },
    focus: () => area.focus(),
  }
}
