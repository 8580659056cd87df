import { snakeCase } from '../../../src/contacts/filter/values/json-values.ts'
import { button, made, options, withAttributes } from '../page/dom.ts'
import type { FilterValues } from '../form-state.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'
import { accountListControl } from './account-list-control.ts'
import { addFilter } from './add-filter.ts'
import type { AccountLists } from './account-lists.ts'
import { valueControl } from './controls/value-control.ts'
import { filterBlock, type FilterBlock } from './filter-block.ts'
import { filterControl } from './filter-controls.ts'
import { itemsOf } from './filter-items.ts'

/** The filters that are always at hand, in this order. */
const USUAL = ['account_list_id', 'status', 'newsletter', 'tags', 'name_like'] as const

export type FilterForm = {
  readonly element: HTMLElement
  readonly current: () => FilterValues
  readonly show: (filter: FilterValues) => void
  readonly focus: () => void
}

/** Where a filter is put together. */
export function filterForm(session: Session, lists: AccountLists, changed: () => void): FilterForm {
  const usual = made('div', { className: 'filters' })
  const added = made('div', { className: 'filters' })
  const match = made('select', { onchange: edited })
  match.append(
    ...options([
      ['', text('contacts.matchAll')],
      ['any', text('contacts.matchAny')],
    ]),
  )
  const matchLine = made('label', { className: 'match' }, text('contacts.match'), ' ', match)
  const hint = made('p', { className: 'hint' }, text('contacts.default'))
  const clear = button(
    text('contacts.clear'),
    () => {
      show({})
      changed()
      blocks[0]?.focus()
    },
    'quiet-button',
  )
  const add = addFilter((key) => addBlock(key, undefined, false)?.focus())
  let blocks: FilterBlock[] = []
  let tagsMatch: ReturnType<typeof tagsChoice> | undefined
  /** Members that no control shows; the preview says what is wrong with them. */
  let others: FilterValues = {}

  function blockOf(key: string, filter: FilterValues, isUsual: boolean): FilterBlock | undefined {
    const control = filterControl(key)
    const value = filter[key]
    if (key === 'account_list_id') return accountListBlock(value)
    if (!control) return undefined
    return filterBlock({
      key,
      isReversible: control.isReversible,
      isReversed: isSet(filter[`reverse_${key}`]),
      changed: edited,
      ...(!isUsual && { remove: () => removeBlock(key) }),
      ...(key === 'tags' && { more: (tagsMatch = tagsChoice(isSet(filter['any_tags']), edited)) }),
      control: (named) => valueControl({ ...named, control, value, changed: edited, session }),
    })
  }

  const accountListBlock = (value: unknown) =>
    filterBlock({
      key: 'account_list_id',
      isReversible: false,
      isReversed: false,
      changed: edited,
      control: (named) => accountListControl(named, value, lists, edited),
    })

  function addBlock(key: string, value: unknown, isReversed: boolean): FilterBlock | undefined {
    const block = blockOf(key, { [key]: value, [`reverse_${key}`]: isReversed }, false)
    if (!block) return undefined
    blocks.push(block)
    added.append(block.element)
    showState()
    return block
  }

  function removeBlock(key: string): void {
    const block = blocks.find((one) => one.key === key)
    block?.element.remove()
    blocks = blocks.filter((one) => one !== block)
    edited()
    add.focus()
  }

  function edited(): void {
    showState()
    changed()
  }

  function showState(): void {
    const keys = blocks.map(({ key }) => key)
    add.leaveOut(keys)
    added.hidden = added.childElementCount === 0
    const filter = current()
    if (tagsMatch) tagsMatch.element.hidden = itemsOf(filter['tags']).length < 2
    const given = Object.keys(filter).filter((key) => key !== 'account_list_id')
    hint.hidden = ['status', 'ids', 'any_filter'].some((key) => key in filter)
    clear.hidden = given.length === 0 && !('account_list_id' in filter)
  }

  function current(): FilterValues {
    const read = Object.assign({}, others, ...blocks.map((block) => block.read()))
    return match.value === 'any' ? { ...read, any_filter: true } : read
  }

  function show(sent: FilterValues): void {
    const filter = canonical(sent)
    blocks = USUAL.flatMap((key) => blockOf(key, filter, true) ?? [])
    usual.replaceChildren(...blocks.map(({ element }) => element))
    added.replaceChildren()
    match.value = isSet(filter['any_filter']) ? 'any' : ''
    const rest = Object.entries(filter).filter(([key]) => !USUAL.some((one) => one === key))
    others = Object.fromEntries(rest.filter(([key]) => isUnknown(key)))
    for (const [key, value] of rest) addBlock(key, value, isSet(filter[`reverse_${key}`]))
    showState()
  }

  show({})
  const element = made(
    'div',
    { className: 'filter-form' },
    usual,
    added,
    made('div', { className: 'filter-actions' }, add.element, matchLine, clear),
    hint,
  )
  withAttributes(element, { role: 'search', 'aria-label': text('contacts.heading') })
  return { element, current, show, focus: () => blocks[0]?.focus() }
}

/** The keys in snake case. `reverse_status` alone means hidden contacts. */
function canonical(sent: FilterValues): FilterValues {
  const filter = Object.fromEntries(
    Object.entries(sent).map(([key, value]) => [snakeCase(key), value] as const),
  )
  return isSet(filter['reverse_status']) && filter['status'] === undefined
    ? { ...filter, status: ['hidden'], reverse_status: false }
    : filter
}

const isUnknown = (key: string): boolean => {
  const name = key.replace(/^reverse_/, '')
  return !filterControl(name) && !['account_list_id', 'any_filter', 'any_tags'].includes(name)
}

const isSet = (value: unknown): boolean => value === true || value === 'true'

function tagsChoice(isAny: boolean, changed: () => void) {
  const element = made('select', { className: 'condition', onchange: changed })
  element.append(
    ...options([
      ['', text('control.allOf')],
      ['any', text('control.anyOf')],
    ]),
  )
  element.value = isAny ? 'any' : ''
  element.ariaLabel = text('control.tagsMatch')
  return {
    element,
    read: (): FilterValues => (element.value === 'any' ? { any_tags: true } : {}),
  }
}
