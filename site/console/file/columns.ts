/** What the console knows of a column. */
type ColumnChoice = { readonly key: string; readonly heading: string }

/** The service's own lists of columns, set when the site is built. */
declare const COLUMNS: {
  readonly contacts: readonly ColumnChoice[]
  readonly mailing: readonly ColumnChoice[]
  readonly all: readonly ColumnChoice[]
}

export const columns = COLUMNS

const headings = new Map(columns.all.map(({ key, heading }) => [key, heading]))

export const headingOf = (key: string): string => headings.get(key) ?? key

export const isColumn = (key: string): boolean => headings.has(key)
