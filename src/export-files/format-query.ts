import type { Handler } from 'hono'
import * as z from 'zod'
import { EXTENSIONS, isFormatName, type FormatName } from '../formats/formats.ts'
import { badRequest, notFound } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'

/** Whether a byte order mark is wanted. */
export const byteOrderMark = z.enum(['true', 'false'])

/**
 * The format of a file, by the extension of its path and `?bom=true`, which asks for a byte order mark where the format knows
 * one.
 *
 * @throws HttpError 400 for another value of `bom`, and for a query string with broken escapes
 */
export function readFormat(url: string, extension: string): FormatName {
  const { data } = z.array(byteOrderMark).max(1).safeParse(queryParameters(url).getAll('bom'))
  if (!data) {
    const detail = 'bom=true puts a byte order mark in front of CSV, bom=false does not.'
    throw badRequest({ detail, source: { parameter: 'bom' } })
  }
  const marked = `bom.${extension}`
  if (data[0] === 'true' && isFormatName(marked)) return marked
  if (isFormatName(extension)) return extension
  throw new Error(`The route let '${extension}' through.`)
}

/** For paths that end in any other extension. */
export const unknownFormat: Handler = () => {
  throw notFound(
    { detail: `There is no file of this format. The formats are ${EXTENSIONS.join(' and ')}.` },
    `The address of a file ends in ${EXTENSIONS.map((extension) => `.${extension}`).join(' or ')}.`,
  )
}
