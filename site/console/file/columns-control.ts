import { button, checked, made, newId, withAttributes } from '../page/dom.ts'
import type { ColumnKey } from '../api.ts'
import type { ColumnsChoice } from '../form-state.ts'
import { counted, text } from '../texts/texts.ts'
import { columns, headingOf } from './columns.ts'
import { dragRows } from './drag-rows.ts'

const PRESETS = ['contacts', 'mailing', 'own'] as const

type Preset = (typeof PRESETS)[number]

/** Which columns the file has, and in which order. */
export function columnsControl(changed: () => void) {
  const presets = PRESETS.map((name) =>
    checked(text(`file.columns.${name}`), {
      type: 'radio',
      name: 'columns',
      value: name,
      onchange: () => choose(name),
    }),
  )
  const hint = made('p', { className: 'hint', id: newId() }, text('file.columnsHint'))
  const list = made('ol', { className: 'columns' })
  withAttributes(list, { 'aria-label': text('file.columns'), 'aria-describedby': hint.id })
  const status = made('p', { className: 'unseen', role: 'status' })
  const fault = made('p', { className: 'fault', role: 'alert' })
  const own = made('div', { className: 'own-columns' }, hint, list, status, fault)
  /** All columns in the order of the list, and which of them are in the file. */
  let order: ColumnKey[] = []
  let inFile = new Set<ColumnKey>()
  dragRows(list, (from, to) => move(from, to))

  function choose(chosen: Preset): void {
    if (chosen === 'own') arrange(columns.contacts.map(({ key }) => key))
    showOwn()
    changed()
  }

  /** Those of the file first, in its order, then the others. */
  function arrange(keys: readonly ColumnKey[]): void {
    if (inFile.size === 0) inFile = new Set(keys)
    order = [...inFile, ...columns.all.map(({ key }) => key).filter((key) => !inFile.has(key))]
    list.replaceChildren(...order.map(rowOf))
  }

  function rowOf(key: ColumnKey): HTMLLIElement {
    const heading = headingOf(key)
    const box = checked(heading, {
      checked: inFile.has(key),
      onchange: ({ target }: Event) =>
        tick(key, target instanceof HTMLInputElement && target.checked),
    })
    const mover = (label: string, sign: string, step: number) => {
      const one = button(sign, () => moveBy(key, step), 'move')
      one.ariaLabel = label
      // By keyboard a column is moved from its box: these would be two stops for each.
      one.tabIndex = -1
      return one
    }
    const row = made(
      'li',
      {},
      withAttributes(made('span', { className: 'handle' }, '⠿'), { 'aria-hidden': 'true' }),
      box.element,
      mover(text('file.columnUp', { column: heading }), '↑', -1),
      mover(text('file.columnDown', { column: heading }), '↓', 1),
    )
    row.addEventListener('keydown', (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!event.altKey || step === undefined) return
      event.preventDefault()
      moveBy(key, step)
    })
    return withAttributes(row, { 'data-key': key })
  }

  function tick(key: ColumnKey, isIn: boolean): void {
    if (isIn) inFile.add(key)
    else inFile.delete(key)
    fault.textContent = inFile.size === 0 ? text('file.columnsNone') : ''
    if (inFile.size > 0) changed()
  }

  function moveBy(key: ColumnKey, step: number): void {
    const from = order.indexOf(key)
    const to = from + step
    if (to < 0 || to >= order.length) return
    const focused = document.activeElement
    move(from, to)
    if (focused instanceof HTMLElement) focused.focus()
  }

  function move(from: number, to: number): void {
    const [key] = order.splice(from, 1)
    const row = list.children[from]
    if (key === undefined || !row) return
    order.splice(to, 0, key)
    row.remove()
    list.insertBefore(row, list.children[to] ?? null)
    const place = { column: headingOf(key), n: to + 1, total: order.length }
    status.textContent = text('file.columnMoved', place)
    if (inFile.has(key)) changed()
  }

  function preset(): Preset {
    const value = presets.find(({ input }) => input.checked)?.input.value
    return PRESETS.find((one) => one === value) ?? 'contacts'
  }

  function showOwn(): void {
    own.hidden = preset() !== 'own'
  }

  function show(choice: ColumnsChoice): void {
    const chosen = typeof choice === 'string' ? choice : 'own'
    for (const { input } of presets) input.checked = input.value === chosen
    inFile = new Set(typeof choice === 'string' ? [] : choice)
    if (typeof choice !== 'string') arrange(choice)
    fault.textContent = ''
    showOwn()
  }

  const counts = { contacts: columns.contacts.length, mailing: columns.mailing.length }
  for (const [index, count] of [counts.contacts, counts.mailing].entries()) {
    presets[index]?.element.append(
      made('span', { className: 'hint' }, counted('file.columnsCount', count)),
    )
  }
  return {
    element: made(
      'fieldset',
      { className: 'columns-choice' },
      made('legend', {}, text('file.columns')),
      ...presets.map(({ element }) => element),
      own,
    ),
    show,
    current(): ColumnsChoice {
      const chosen = preset()
      if (chosen !== 'own') return chosen
      const keys = order.filter((key) => inFile.has(key))
      return keys.length > 0 ? keys : 'contacts'
    },
  }
}
