import { made, newId, withAttributes } from '../../page/dom.ts'
import { counted, text } from '../../texts/texts.ts'
import { numberForm } from '../../texts/forms.ts'
import { filterValues, type FilterValue } from '../filter-values.ts'
import type { ControlSetting } from './value-control.ts'

const WAIT_MILLISECONDS = 200

type Around = {
  /** What needs no suggestion any more. */
  readonly chosen: ReadonlySet<string>
  readonly choose: (value: string) => void
}

/** Values that contacts have, below the field in which one is typed (WAI-ARIA, combobox). */
export function suggestionList(
  { control, label, session }: ControlSetting,
  input: HTMLInputElement,
  { chosen, choose }: Around,
) {
  const list = made('ul', { className: 'popup suggestions', id: newId(), hidden: true })
  withAttributes(list, {
    role: 'listbox',
    'aria-label': text('control.suggestions', { filter: label }),
  })
  const status = made('p', { className: 'unseen', role: 'status' })
  withAttributes(input, {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  })
  let latest = new AbortController()
  let timer: number | undefined
  let active = -1
  let isPressed = false

  const entries = () => [...list.querySelectorAll('li')]

  function ask(): void {
    clearTimeout(timer)
    latest.abort()
    latest = new AbortController()
    const signal = AbortSignal.any([latest.signal, session.signal])
    timer = setTimeout(() => {
      // Suggestions are a help only: without them everything can be typed.
      void filterValues(session, control.key, input.value.trim(), signal)
        .then((found) => (signal.aborted ? undefined : show(found)))
        .catch(() => close())
    }, WAIT_MILLISECONDS)
  }

  function show(found: readonly FilterValue[]): void {
    if (document.activeElement !== input) return
    const offered = found.filter(({ value }) => !chosen.has(value))
    list.replaceChildren(...offered.map(entryOf))
    status.textContent = counted('control.suggested', offered.length)
    open(offered.length > 0)
    mark(-1)
  }

  function entryOf({ value, count }: FilterValue): HTMLLIElement {
    const entry = made(
      'li',
      { id: newId(), title: value },
      made('span', {}, value),
      made('span', { className: 'quiet' }, numberForm(count)),
    )
    withAttributes(entry, { role: 'option', 'aria-selected': 'false' })
    entry.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      isPressed = true
    })
    entry.addEventListener('click', () => {
      isPressed = false
      choose(value)
      input.focus()
    })
    return entry
  }

  function open(isOpen: boolean): void {
    list.hidden = !isOpen
    input.setAttribute('aria-expanded', String(isOpen))
  }

  function close(): void {
    clearTimeout(timer)
    latest.abort()
    open(false)
    mark(-1)
  }

  function mark(index: number): void {
    active = index
    const all = entries()
    for (const [at, entry] of all.entries())
      entry.setAttribute('aria-selected', String(at === index))
    const one = all[index]
    if (one) input.setAttribute('aria-activedescendant', one.id)
    else input.removeAttribute('aria-activedescendant')
    one?.scrollIntoView({ block: 'nearest' })
  }

  /** @returns whether the key was meant for the suggestions */
  function handleKey(event: KeyboardEvent): boolean {
    const all = entries()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (list.hidden) ask()
      else {
        const step = event.key === 'ArrowDown' ? 1 : -1
        mark((active + step + all.length + (active < 0 && step < 0 ? 1 : 0)) % all.length)
      }
      return true
    }
    if (list.hidden) return false
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
      return true
    }
    const one = all[active]
    if (event.key !== 'Enter' || !one) return false
    event.preventDefault()
    choose(one.title)
    return true
  }

  input.addEventListener('input', ask)
  input.addEventListener('focus', ask)
  input.addEventListener('blur', () => {
    if (!isPressed) close()
  })
  const element = made('div', {}, list, status)
  return { element, close, handleKey, isChoosing: () => isPressed }
}
