import { answered, type Preview } from './api.ts'
import { element, made } from './dom.ts'
import { faultAt } from './fault.ts'
import type { FilterForm } from './filter-form.ts'
import type { Session } from './session.ts'
import { counted } from './words.ts'

/** Of the columns of a file, those that show at a glance who it is. */
const COLUMNS = ['Contact Name', 'Status', 'Newsletter', 'Mailing City', 'Primary Email', 'Tags']

/**
 * @returns shows how many contacts the filter selects, and the first of them; a later call
 *   overtakes an earlier one
 */
export function previewOf(root: ParentNode, session: Session, filter: FilterForm): () => void {
  const count = element(root, 'count', HTMLOutputElement)
  const rows = element(root, 'rows', HTMLDivElement)
  const fault = faultAt(element(root, 'count-fault', HTMLParagraphElement), { retry: show })
  let latest = new AbortController()

  function show(): void {
    latest.abort()
    latest = new AbortController()
    const { signal } = latest
    count.textContent = 'Counting …'
    void session.run(fault, async () => {
      try {
        await load(signal)
      } catch (error) {
        if (signal.aborted) return
        count.textContent = ''
        rows.hidden = true
        rows.replaceChildren()
        throw error
      }
    })
  }

  async function load(signal: AbortSignal): Promise<void> {
    const query = { filter: filter.current() }
    const { data, meta } = answered(
      await session.api.GET('/api/v2/contacts/exports/preview', { params: { query }, signal }),
    )
    filter.offerAccountLists(meta.account_lists)
    count.textContent = `${counted(meta.total, 'contact', 'contacts')} selected`
    rows.replaceChildren(tableOf(data))
    rows.hidden = data.length === 0
  }

  return show
}

function tableOf(contacts: Preview['data']): HTMLTableElement {
  const headings = COLUMNS.map((column) => made('th', { scope: 'col' }, column))
  const lines = contacts.map(({ attributes }) =>
    made('tr', {}, ...COLUMNS.map((column) => made('td', {}, String(attributes[column] ?? '')))),
  )
  return made(
    'table',
    {},
    made('thead', {}, made('tr', {}, ...headings)),
    made('tbody', {}, ...lines),
  )
}
