import { cellsOf, contactColumns } from '../contacts/columns.ts'
import type { Preview } from '../contacts/reading/preview-selection.ts'
import type { NamedAccountList } from '../export-logs/readable-account-lists.ts'

/** A JSON:API document of what a file would hold: a contact's attributes are its cells, by the headings of their columns. */
export const previewDocument = (
  { total, first }: Preview,
  accountLists: readonly NamedAccountList[],
) => ({
  data: first.map((contact) => ({
    id: contact.id,
    type: 'contacts',
    attributes: Object.fromEntries(
      cellsOf(contact, contactColumns).map((cell, index) => [
        contactColumns[index]?.heading,
        cell === '' ? null : cell,
      ]),
    ),
  })),
  meta: { account_lists: accountLists, total },
})
