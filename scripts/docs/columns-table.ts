import type { Column } from '../../src/contacts/columns.ts'
import { code, table } from './table.ts'

/** What people are told of a type of column. */
const TYPES: Readonly<Record<Column['type'], string>> = {
  text: 'text',
  lines: 'text of several lines',
  amount: 'amount',
}

/**
 * The columns of an export, from the list in the code.
 *
 * @param meanings what each column shows, by its heading
 */
export const columnsTable = (
  columns: readonly Column[],
  meanings: Readonly<Record<string, string>>,
): string =>
  table(
    ['#', 'column', 'key', 'type', 'shows'],
    columns.map(({ heading, type }, index) => {
      const meaning = meanings[heading]
      if (meaning === undefined)
        throw new Error(`scripts/docs/column-meanings.ts lacks '${heading}'.`)
      return [String(index + 1), heading, code(keyOf(heading)), TYPES[type], meaning]
    }),
  )

const keyOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '_')
