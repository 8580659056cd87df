import type { Column } from '../../src/contacts/columns.ts'
import { code, table } from './table.ts'

/** What people are told of a type of column. */
const TYPES: Readonly<Record<Column['type'], string>> = {
  text: 'text',
  lines: 'text of several lines',
  amount: 'amount',
}

/** The columns of an export, from the list in the code. */
export const columnsTable = (columns: readonly Column[]): string =>
  table(
    ['#', 'column', 'key', 'type', 'shows'],
    columns.map(({ key, heading, type, description }, index) => [
      String(index + 1),
      heading,
      code(key),
      TYPES[type],
      description,
    ]),
  )
