/** What is in a cell: a text, an amount, or nothing (`''` is nothing, too). */
export type Cell = string | number | null

/** The cells of one contact, in the order of the columns. */
export type Row = readonly Cell[]

/** What a format needs to know of a column. */
export type TableColumn = {
  readonly heading: string
  /** In characters, as spreadsheets count. */
  readonly width: number
  /** `lines` is text of several lines. */
  readonly type: 'text' | 'lines' | 'amount'
}

/** What a format needs to know before the first row. */
export type Table = {
  readonly title: string
  readonly columns: readonly TableColumn[]
  /** The date in the file. */
  readonly madeAt: Date
}
