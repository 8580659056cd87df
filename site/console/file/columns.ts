import type { ColumnKey } from '../api.ts'

/** What the console knows of a column. */
type ColumnChoice = { readonly key: ColumnKey; readonly heading: string }

/** The service's own lists of columns, set when the site is built. */
declare const COLUMNS: {
  readonly contacts: readonly ColumnChoice[]
  readonly mailing: readonly ColumnChoice[]
  readonly all: readonly ColumnChoice[]
}

export const columns = COLUMNS

const headings: ReadonlyMap<string, string> = new Map(
  columns.all.map(({ key, heading }) => [key, heading]),
)

export const headingOf = (key: string): string => headings.get(key) ?? key

export const isColumn = (key: string): key is ColumnKey => headings.has(key)
