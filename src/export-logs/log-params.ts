import * as z from 'zod'
import {
  asJsonObject,
  depthOf,
  faultsOfJson,
  type JsonObject,
} from '../contacts/filter/values/json-values.ts'
import type { Filter } from '../contacts/filter/filter.ts'
import { readFilter } from '../contacts/filter/read-filter.ts'
import { badRequest } from '../http/errors.ts'
import { documentProblems } from './document-problems.ts'
import { fileOptions, type FileOptions } from './file-options.ts'

/** The params of a log as the client sent them, and what was read of them. */
export type LogParams = FileOptions & { readonly sent: JsonObject; readonly filter: Filter }

/** A filter may be nested 64 levels deep, and is a member of `params`. */
export const PARAMS_DEPTH = 65

/**
 * The params of a log: an object, or that object as a JSON string. The filter and the options of
 * the file are validated.
 */
export const paramsSchema = (today: string) =>
  z.unknown().transform((input, context): LogParams => {
    const sent = asJsonObject(input ?? null)
    const refuse = (message: string, ...path: string[]) => {
      context.issues.push({ code: 'custom', message, path, input })
      return z.NEVER
    }
    if (!sent) return refuse('The params must be a JSON object, or that object as a string.')
    const faults = faultsOfJson(input)
    for (const { path, detail } of faults) refuse(detail, ...path)
    if (faults.length > 0) return z.NEVER
    const read = readFilter(sent['filter'], today)
    const options = fileOptions.safeParse(sent)
    for (const { key, detail } of 'problems' in read ? read.problems : []) {
      refuse(detail, 'filter', ...(key === undefined ? [] : [key]))
    }
    for (const { message, path } of options.error?.issues ?? []) {
      refuse(message, ...path.slice(0, 1).map(String))
    }
    if ('problems' in read || !options.success) return z.NEVER
    if (depthOf(sent) > PARAMS_DEPTH) {
      return refuse(`The params must not be nested deeper than ${PARAMS_DEPTH}.`)
    }
    return { ...options.data, sent, filter: read.filter }
  })

/**
 * Reads the params of a stored log. Other programs write them, too.
 *
 * @throws HttpError 400 when they cannot be read, as at the `POST`
 */
export function readStoredParams(params: string | null, today: string): LogParams {
  const { data, error } = paramsSchema(today).safeParse(params)
  if (data) return data
  throw badRequest(
    ...error.issues.flatMap((issue) =>
      documentProblems({ ...issue, path: ['data', 'attributes', 'params', ...issue.path] }),
    ),
  )
}
