import type * as z from 'zod'
import { MOST_PROBLEMS, type Problem } from '../http/errors.ts'
import { jsonPointer } from './json-pointer.ts'

const LOG_ATTRIBUTES = 'The attributes are params, created_at, updated_at and updated_in_db_at.'

/** The errors of the document of a log for an issue of zod. */
export const documentProblems = (issue: z.core.$ZodIssue): Problem[] =>
  problemsOf(issue, LOG_ATTRIBUTES)

/**
 * The errors of a JSON:API document for an issue of zod, each with a JSON pointer (RFC 6901).
 *
 * @param attributes a sentence that says which there are
 */
export function problemsOf(issue: z.core.$ZodIssue, attributes: string): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({
      detail: `'${key}' is not an attribute that a client can set. ${attributes}`,
      source: { pointer: jsonPointer([...issue.path, key]) },
    }))
  }
  return [{ detail: issue.message, source: { pointer: jsonPointer(issue.path) } }]
}
