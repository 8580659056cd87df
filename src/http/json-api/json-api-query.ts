import * as z from 'zod'
import { openApiMetadata } from '../../openapi-metadata.ts'
import { badRequest, type Problem } from '../errors.ts'
import { queryParameters } from '../query-parameters.ts'

/** Names that JSON:API reserves: lower-case letters, and their families (1.1, query parameters). */
const isReserved = (parameter: string): boolean => /^[a-z]+(\[.*)?$/.test(parameter)

/** A list of known words, separated by commas. An empty text is an empty list. */
export function words<const Word extends string>(known: readonly Word[], what: string) {
  const error = ({ input }: { input?: unknown }) =>
    `There is no ${what} '${String(input)}'. Use ${known.join(', ')}.`
  return z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .transform((items) => items.filter((item) => item !== ''))
    .pipe(z.array(z.enum(known, { error })))
    .register(openApiMetadata, {
      schema: { type: 'array', items: { type: 'string', enum: known } },
    })
    .optional()
}

/**
 * Reads the query parameters of a document. An unknown one that JSON:API reserves is a 400, as the
 * specification requires. Other unknown ones are ignored, unless the route refuses them.
 *
 * @param isRefused whether an unknown parameter is a 400
 * @throws HttpError 400 with an entry for each invalid parameter
 */
export function readQuery<Shape extends Readonly<Record<string, z.ZodType>>>(
  url: string,
  shape: Shape,
  isRefused: (parameter: string) => boolean = isReserved,
) {
  const problems: Problem[] = []
  const given = new Map<string, string>()
  for (const [parameter, value] of queryParameters(url)) {
    const refuse = (detail: string) => problems.push({ detail, source: { parameter } })
    if (!Object.hasOwn(shape, parameter)) {
      const known = Object.keys(shape).join(', ')
      const use = known === '' ? '' : ` Use ${known}.`
      if (isRefused(parameter)) refuse(`There is no parameter '${parameter}' here.${use}`)
    } else if (given.has(parameter)) refuse(`'${parameter}' is given twice.`)
    else given.set(parameter, value)
  }
  const { data, error } = z.object(shape).safeParse(Object.fromEntries(given))
  for (const { message, path } of error?.issues ?? []) {
    problems.push({ detail: message, source: { parameter: String(path[0]) } })
  }
  if (!data || problems.length > 0) throw badRequest(...problems)
  return data
}
