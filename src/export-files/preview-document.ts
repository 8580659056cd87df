import type { Column } from '../contacts/columns.ts'
import type { Preview } from '../contacts/reading/preview-selection.ts'
import type { NamedAccountList } from '../export-logs/readable-account-lists.ts'
import { tableLayout } from './layouts/table-layout.ts'

/**
 * A JSON:API document of what a file would have: how many contacts, and the first of them. The
 * attributes of a contact are its cells, by the headings of their columns.
 */
export function previewDocument(
  { total, first }: Preview,
  columns: readonly Column[],
  accountLists: readonly NamedAccountList[],
) {
  const { rowOf } = tableLayout(columns)
  return {
    data: first.map((contact) => ({
      id: contact.id,
      type: 'contacts',
      attributes: Object.fromEntries(
        rowOf(contact).map((cell, index) => [columns[index]?.heading, cell === '' ? null : cell]),
      ),
    })),
    meta: {
      account_lists: accountLists,
      columns: columns.map(({ key, heading }) => ({ key, heading })),
      total,
    },
  }
}
