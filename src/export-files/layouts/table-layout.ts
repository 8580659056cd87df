import type { Column } from '../../contacts/columns.ts'
import type { Contact } from '../../contacts/contact.ts'
import type { Row } from '../../formats/table.ts'

/** Lays contacts out as a table: a row for each contact, with a cell for each column. */
export const tableLayout = (columns: readonly Column[]) => ({
  columns,
  rowOf: (contact: Contact): Row => columns.map(({ cell }) => cell(contact) ?? null),
})
