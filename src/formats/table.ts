/** What stands in a cell: a text, an amount, or nothing (`''` is nothing too). */
export type Cell = string | number | null

/** The cells of one contact, in the order of the columns. */
export type Row = readonly Cell[]

/** What a format must know of a column. */
export type TableColumn = {
  readonly heading: string
  /** In characters, as spreadsheets count. */
  readonly width: number
  /** `lines` is text of several lines. */
  readonly type: 'text' | 'lines' | 'amount'
}

/** What a format must know before the first row. */
export type Table = {
  readonly title: string
  readonly columns: readonly TableColumn[]
  /** The date that the file bears. */
  readonly madeAt: Date
}

/** A kind of file: rows go in a page at a time, bytes come out. A page is asked for when its bytes are, not before. */
export type Format = {
  readonly mediaType: string
  readonly encode: (
    sheet: Table,
    pages: AsyncIterable<readonly Row[]>,
  ) => AsyncGenerator<Uint8Array>
}
