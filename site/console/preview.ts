import { answered, type Api, type Preview } from './api.ts'
import { element, made } from './dom.ts'
import { currentFilter, offerAccountLists } from './filter-form.ts'
import { counted } from './words.ts'

/** Of the columns of a file, those that show at a glance who it is. */
const COLUMNS = ['Contact Name', 'Status', 'Newsletter', 'Mailing City', 'Primary Email', 'Tags']

const count = element('count', HTMLOutputElement)
const rows = element('rows', HTMLDivElement)

let latest = new AbortController()

/** Shows how many contacts the filter selects, and the first of them. A later call overtakes an earlier one. */
export async function showPreview(api: Api): Promise<void> {
  latest.abort()
  latest = new AbortController()
  const { signal } = latest
  count.textContent = 'Counting …'
  try {
    const { data, meta } = answered(
      await api.GET('/api/v2/contacts/exports/preview', {
        params: { query: { filter: currentFilter() } },
        signal,
      }),
    )
    offerAccountLists(meta.account_lists)
    count.textContent = `${counted(meta.total, 'contact', 'contacts')} selected`
    rows.replaceChildren(tableOf(data))
    rows.hidden = data.length === 0
  } catch (error) {
    if (signal.aborted) return
    count.textContent = ''
    rows.hidden = true
    throw error
  }
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
