import { ACTIVE_STATUSES, HIDDEN_STATUSES } from '../../src/contacts/filter/keys/statuses.ts'
import type { Filter, Preview } from './api.ts'
import { element, made } from './dom.ts'

const WAIT_MILLISECONDS = 300

export type FilterForm = {
  /** The filter as it is in the form; what is empty is left out. */
  readonly current: () => Filter
  /** Calls when the filter has changed, and has rested for a moment. */
  readonly onChange: (changed: () => void) => void
  /**
   * Offers the account lists that the caller may read, and leaves the choice as it is where it is
   * among them.
   */
  readonly offerAccountLists: (lists: Preview['meta']['account_lists']) => void
}

export function filterForm(root: ParentNode): FilterForm {
  const form = element(root, 'filter', HTMLFormElement)
  const accountLists = element(form, 'account-list', HTMLSelectElement)
  const statuses = element(form, 'status', HTMLSelectElement)
  for (const status of [...ACTIVE_STATUSES, ...HIDDEN_STATUSES]) {
    statuses.append(made('option', { value: status }, status))
  }
  separateLinesByCommas(element(form, 'tags', HTMLInputElement))

  return {
    current: () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== '')),
    onChange(changed) {
      let timer: number | undefined
      form.addEventListener('input', () => {
        clearTimeout(timer)
        timer = setTimeout(changed, WAIT_MILLISECONDS)
      })
      form.addEventListener('submit', (event) => {
        event.preventDefault()
        clearTimeout(timer)
        changed()
      })
    },
    offerAccountLists(lists) {
      const chosen = accountLists.value
      const [all] = accountLists.options
      accountLists.replaceChildren(
        ...(all ? [all] : []),
        ...lists.map(({ id, name }) => made('option', { value: id }, name ?? id)),
      )
      accountLists.value = lists.some(({ id }) => id === chosen) ? chosen : ''
    },
  }
}

/**
 * Pastes a list with an item on each line as items separated by commas. Browsers would make one
 * word of it.
 */
function separateLinesByCommas(field: HTMLInputElement): void {
  field.addEventListener('paste', (event) => {
    const lines = (event.clipboardData?.getData('text') ?? '').split(/[\r\n]+/)
    const items = lines.map((line) => line.trim()).filter((line) => line !== '')
    if (items.length < 2) return
    event.preventDefault()
    const { selectionStart, selectionEnd, value } = field
    const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length]
    field.setRangeText(items.join(', '), from, to, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
}
