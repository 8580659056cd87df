import type { Fit, Label, LabelSheets } from './labels.ts'
import type { Row, Table } from './table.ts'

/**
 * Turns contacts in a layout into the bytes of a file. Pages go in and chunks come out. A page is
 * read when its bytes are wanted, not before.
 */
export type Encoding = TableEncoding | LabelsEncoding

/** Takes a row for each contact. */
export type TableEncoding = {
  readonly layout: 'table'
  readonly encode: (
    table: Table,
    pages: AsyncIterable<readonly Row[]>,
  ) => AsyncGenerator<Uint8Array>
}

/** Takes a label for each contact that has an address. */
type LabelsEncoding = {
  readonly layout: 'labels'
  /** @param fitted called for each label */
  readonly encode: (
    sheets: LabelSheets,
    pages: AsyncIterable<readonly Label[]>,
    fitted: (fit: Fit) => void,
  ) => AsyncGenerator<Uint8Array>
}

/** Another form of a format, of the same extension and media type. */
type FormatVariant = Encoding & {
  /** The query parameter that asks for it, and its part of the name of a kept file: `bom`. */
  readonly name: string
  /** What people call it, after the title of its format: `for Excel`. */
  readonly title: string
  /** What it does, after `bom=true`: `puts …`. */
  readonly description: string
}

/** A file format: all that the service knows of it. */
export type FileFormat = Encoding & {
  /** The end of paths and file names, and the name of the link to the file: `csv`. */
  readonly extension: string
  /** What people call it: `CSV`. */
  readonly title: string
  readonly mediaType: string
  readonly variants: readonly FormatVariant[]
}
