import * as z from 'zod'
import type { Encoding, FileFormat } from '../formats/file-format.ts'
import { fileFormats } from '../formats/file-formats.ts'
import { badRequest } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'

/** The format of a requested file, in one of its variants or without one. */
export type RequestedFormat = {
  /** The end of the name of a kept file: `csv`, `bom.csv`. */
  readonly name: string
  readonly format: FileFormat
  readonly encoding: Encoding
}

/** Every variant of a format, by the query parameter that asks for it. */
export const formatParameters: ReadonlyMap<string, string> = new Map(
  fileFormats.flatMap(({ variants }) =>
    variants.map(({ name, description }) => [name, description]),
  ),
)

/** Whether a variant is wanted. */
export const variantFlag = z.enum(['true', 'false'])

/**
 * The format of a file, in the variant that a query string such as `?bom=true` asks for. A
 * parameter for a variant of another format changes nothing.
 *
 * @throws HttpError 400 for another value, and for a query string with invalid escapes
 */
export function requestedFormat(url: string, format: FileFormat): RequestedFormat {
  const { extension, variants } = format
  const query = queryParameters(url)
  const isWanted = new Map(
    Array.from(formatParameters, ([name, description]) => {
      const { data } = z.array(variantFlag).max(1).safeParse(query.getAll(name))
      if (data) return [name, data[0] === 'true'] as const
      const detail = `${name}=true ${description}; ${name}=false does not.`
      throw badRequest({ detail, source: { parameter: name } })
    }),
  )
  const variant = variants.find(({ name }) => isWanted.get(name))
  return variant
    ? { name: `${variant.name}.${extension}`, format, encoding: variant }
    : { name: extension, format, encoding: format }
}
