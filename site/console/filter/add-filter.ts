import { button, made, withAttributes } from '../page/dom.ts'
import { closeOutside } from '../page/close-outside.ts'
import { text, textIfAny } from '../texts/texts.ts'
import { filterControls, type FilterControl } from './filter-controls.ts'
import { keyLabel } from './filter-labels.ts'

/** All filters that are not in the form yet, in their groups, found by words. */
export function addFilter(choose: (key: string) => void) {
  const search = made('input', {
    type: 'search',
    autocomplete: 'off',
    placeholder: text('add.search'),
    ariaLabel: text('add.search'),
    oninput: show,
  })
  const groups = made('div', { className: 'groups' })
  const none = made('p', { className: 'hint', role: 'status' })
  const summary = made('summary', { className: 'button' }, text('add.button'))
  const box = made(
    'details',
    { className: 'add' },
    summary,
    made('div', { className: 'popup' }, search, none, groups),
  )
  let leftOut: readonly string[] = []
  closeOutside(box)

  function show(): void {
    const words = search.value.toLowerCase().split(/\s+/)
    const found = filterControls.filter(
      (control) =>
        !leftOut.includes(control.key) && words.every((word) => wordsOf(control).includes(word)),
    )
    none.textContent = found.length === 0 ? text('add.none') : ''
    const names = [...new Set(found.map(({ group }) => group))]
    groups.replaceChildren(
      ...names.map((name) =>
        groupOf(
          name,
          found.filter(({ group }) => group === name),
        ),
      ),
    )
  }

  function groupOf(name: string, controls: readonly FilterControl[]): HTMLElement {
    const list = made('ul', {}, ...controls.map(({ key }) => made('li', {}, entry(key))))
    const heading = textIfAny(`group.${name}`) ?? name
    return withAttributes(made('section', {}, made('h3', {}, heading), list), {
      'aria-label': heading,
    })
  }

  const entry = (key: string) =>
    button(keyLabel(key), () => {
      box.open = false
      search.value = ''
      choose(key)
    })

  // At once: the event `toggle` comes later, when somebody may be typing already.
  summary.addEventListener('click', (event) => {
    if (box.open) return
    event.preventDefault()
    box.open = true
    show()
    search.focus()
  })
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const buttons = [...groups.querySelectorAll('button')]
    const words = search.value.trim().toLowerCase()
    const best = buttons.find((one) => one.textContent.toLowerCase().startsWith(words))
    ;(best ?? buttons[0])?.click()
  })
  return {
    element: box,
    focus: () => summary.focus(),
    leaveOut: (keys: readonly string[]) => {
      leftOut = keys
    },
  }
}

/** A filter is found by its name, its group, what it selects and its key. */
const wordsOf = ({ key, group, selects }: FilterControl): string =>
  [keyLabel(key), textIfAny(`group.${group}`), selects, key.replaceAll('_', ' ')]
    .join(' ')
    .toLowerCase()
