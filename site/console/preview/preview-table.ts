import { made } from '../page/dom.ts'
import { numberForm } from '../texts/forms.ts'
import type { PreviewRows } from './preview.ts'
import { textOf } from '../text-of.ts'

/** The first rows of the file, in its columns. */
export function previewTable(rows: PreviewRows): HTMLTableElement {
  const headings = Object.keys(rows[0] ?? {})
  return made(
    'table',
    {},
    made(
      'thead',
      {},
      made('tr', {}, ...headings.map((heading) => made('th', { scope: 'col' }, heading))),
    ),
    made(
      'tbody',
      {},
      ...rows.map((row) => made('tr', {}, ...headings.map((heading) => cellOf(row[heading])))),
    ),
  )
}

function cellOf(value: unknown): HTMLTableCellElement {
  const isNumber = typeof value === 'number'
  const shown = isNumber ? numberForm(value) : textOf(value)
  return made('td', { className: isNumber ? 'number' : '' }, made('div', {}, shown))
}
