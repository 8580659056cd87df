import { button, checked, made, newId, withAttributes } from '../../page/dom.ts'
import { text } from '../../texts/texts.ts'
import { itemsOf } from '../filter-items.ts'
import { wordLabel } from '../filter-labels.ts'
import { suggestionList } from './suggestion-list.ts'
import type { ControlSetting, ValueControl } from './value-control.ts'

const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Several values, each shown with a button that removes it. They are typed, pasted as lines, or
 * chosen from suggestions.
 */
export function listControl(setting: ControlSetting): ValueControl {
  const { control, labelId, value, changed } = setting
  const isOfNumbers = control.kind === 'numbers'
  const words = new Set(control.words)
  const given = itemsOf(value)
  const items = new Set(given.filter((item) => !words.has(item)))
  const boxes = control.words.map((word) =>
    checked(wordLabel(control.key, word), {
      value: word,
      checked: given.includes(word),
      onchange: changed,
    }),
  )
  const chips = made('ul', { className: 'chips' })
  const fault = made('p', { className: 'fault', role: 'alert' })
  const input = made('input', {
    autocomplete: 'off',
    spellcheck: false,
    inputMode: isOfNumbers ? 'decimal' : 'text',
    placeholder: text(isOfNumbers ? 'control.typeNumber' : 'control.typeValue'),
    id: newId(),
  })
  withAttributes(input, { 'aria-labelledby': labelId })
  const suggestions = control.isSuggested
    ? suggestionList(setting, input, { chosen: items, choose: (item) => add([item]) })
    : undefined

  function add(texts: readonly string[]): void {
    const wanted = texts.map((one) => one.trim()).filter((one) => one !== '')
    const wrong = isOfNumbers ? wanted.find((one) => !NUMBER.test(one)) : undefined
    fault.textContent = wrong === undefined ? '' : text('control.numberWrong', { value: wrong })
    if (wrong !== undefined || wanted.length === 0) return
    for (const one of wanted) items.add(one)
    input.value = ''
    suggestions?.close()
    show()
    changed()
  }

  function remove(item: string): void {
    items.delete(item)
    show()
    changed()
    input.focus()
  }

  function show(): void {
    chips.hidden = items.size === 0
    chips.replaceChildren(...[...items].map((item) => chip(item, () => remove(item))))
  }

  input.addEventListener('keydown', (event) => {
    if (suggestions?.handleKey(event)) return
    if (event.key === 'Enter' || (event.key === ',' && !isOfNumbers)) {
      event.preventDefault()
      add([input.value])
    } else if (event.key === 'Backspace' && input.value === '') {
      const last = [...items].at(-1)
      if (last !== undefined) remove(last)
    }
  })
  // What was typed and not confirmed counts all the same: people press the next button at once.
  input.addEventListener('change', () => {
    if (!suggestions?.isChoosing()) add([input.value])
  })
  input.addEventListener('paste', (event) => {
    const lines = (event.clipboardData?.getData('text') ?? '').split(/[\r\n\t]+/)
    if (lines.filter((line) => line.trim() !== '').length < 2) return
    event.preventDefault()
    add(lines)
  })
  show()
  return {
    element: made(
      'div',
      { className: 'list' },
      chips,
      made('div', { className: 'combo' }, input, suggestions?.element),
      ...boxes.map(({ element }) => element),
      fault,
    ),
    read: () => {
      const ticked = boxes.filter((box) => box.input.checked).map((box) => box.input.value)
      const all = [...ticked, ...items]
      return all.length > 0 ? all : undefined
    },
    focus: () => input.focus(),
  }
}

function chip(item: string, remove: () => void): HTMLLIElement {
  const one = button('×', remove)
  one.ariaLabel = text('control.removeValue', { value: item })
  return made('li', {}, made('span', {}, item), one)
}
