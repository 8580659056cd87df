import type { Handler } from 'hono'
import { fileFormats } from '../formats/file-formats.ts'
import { notFound } from '../http/errors.ts'

/** Handles paths that end in the extension of no format. */
export const unknownFormat: Handler = () => {
  const extensions = fileFormats.map(({ extension }) => extension)
  const formats = new Intl.ListFormat('en').format(extensions)
  const ends = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    extensions.map((extension) => `.${extension}`),
  )
  throw notFound(
    { detail: `There is no file in this format. The formats are ${formats}.` },
    `The address of a file ends in ${ends}.`,
  )
}
