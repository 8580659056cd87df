/** What the console knows of a file format. */
export type FileFormat = {
  readonly extension: string
  readonly title: string
  readonly variants: readonly FormatVariant[]
}

type FormatVariant = { readonly name: string; readonly title: string }

/** The service's own list of formats, set when the site is built. */
declare const FILE_FORMATS: readonly FileFormat[]

export const fileFormats = FILE_FORMATS
