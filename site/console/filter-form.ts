import { ACTIVE_STATUSES, HIDDEN_STATUSES } from '../../src/contacts/filter/statuses.ts'
import type { Filter, Preview } from './api.ts'
import { element, made } from './dom.ts'

const WAIT_MILLISECONDS = 300

const form = element('filter', HTMLFormElement)
const accountLists = element('account-list', HTMLSelectElement)

for (const status of [...ACTIVE_STATUSES, ...HIDDEN_STATUSES]) {
  element('status', HTMLSelectElement).append(made('option', { value: status }, status))
}

/** The filter as it stands in the form; what is empty does not stand in it. */
export const currentFilter = (): Filter =>
  Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))

/** Calls when the filter has changed, and has rested for a moment. */
export function onFilterChange(changed: () => void): void {
  let timer: number | undefined
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(changed, WAIT_MILLISECONDS)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    changed()
  })
}

/** Offers the account lists that the caller may read, and leaves the choice as it is. */
export function offerAccountLists(lists: Preview['meta']['account_lists']): void {
  const chosen = accountLists.value
  const [all] = accountLists.options
  accountLists.replaceChildren(
    ...(all ? [all] : []),
    ...lists.map(({ id, name }) => made('option', { value: id }, name ?? id)),
  )
  accountLists.value = chosen
}
