import type { Column } from '../src/contacts/columns.ts'

/** The columns of an export as a list in Markdown, by their keys. */
export const columnsDescription = (columns: readonly Column[]): string =>
  columns
    .map(({ key, heading, description }) => `- \`${key}\`: ${heading}, ${description}`)
    .join('\n')
