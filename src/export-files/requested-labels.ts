import type { JsonObject } from '../contacts/filter/values/json-values.ts'
import type { LabelOptions } from '../formats/labels.ts'
import { badRequest, type Problem } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'
import { labelOptionNames, readLabelOptions } from './label-options.ts'
import type { RequestedFormat } from './requested-format.ts'

/**
 * How labels are printed, by the params of a log; `undefined` for a format without labels, for which
 * any value is right.
 *
 * @param sourceOf where an option was given
 * @throws HttpError 400
 */
export function requestedLabels(
  { encoding }: RequestedFormat,
  params: JsonObject,
  sourceOf: (option: string) => NonNullable<Problem['source']>,
): LabelOptions | undefined {
  if (encoding.layout !== 'labels') return undefined
  const read = readLabelOptions(params)
  if ('options' in read) return read.options
  throw badRequest(...read.problems.map(({ name, detail }) => ({ detail, source: sourceOf(name) })))
}

/** An option of a stored log. */
export const inStoredParams = (option: string) => ({
  pointer: `/data/attributes/params/${option}`,
})

/** An option of a query string. */
export const inQuery = (option: string) => ({ parameter: option })

/** The options of labels in a query string. @throws HttpError 400 for one that is given twice */
export function labelParams(url: string): JsonObject {
  const query = queryParameters(url)
  return Object.fromEntries(
    labelOptionNames.flatMap((name) => {
      const [value, ...others] = query.getAll(name)
      if (others.length > 0) {
        throw badRequest({ detail: `'${name}' is given twice.`, source: { parameter: name } })
      }
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
