import { contactColumns } from '../contacts/columns.ts'
import type { Preview } from '../contacts/reading/preview-selection.ts'
import type { NamedAccountList } from '../export-logs/readable-account-lists.ts'
import { cleanText } from '../formats/clean-text.ts'
import type { Cell } from '../formats/table.ts'
import { tableLayout } from './layouts/table-layout.ts'

const { columns, rowOf } = tableLayout(contactColumns)

/** A cell as files show it; an empty text is `null`. */
const shown = (cell: Cell): Cell => (typeof cell === 'string' ? cleanText(cell) || null : cell)

/**
 * A JSON:API document of what a file would have: how many contacts, and the first of them. The
 * attributes of a contact are its cells, by the headings of their columns.
 */
export const previewDocument = (
  { total, first }: Preview,
  accountLists: readonly NamedAccountList[],
) => ({
  data: first.map((contact) => ({
    id: contact.id,
    type: 'contacts',
    attributes: Object.fromEntries(
      rowOf(contact).map((cell, index) => [columns[index]?.heading, shown(cell)]),
    ),
  })),
  meta: { account_lists: accountLists, total },
})
