import type * as z from 'zod'
import { MOST_PROBLEMS, type Problem } from '../http/errors.ts'

/** What zod found, as JSON:API tells it: an entry for each thing that is wrong, with a JSON pointer (RFC 6901). */
export function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({
      detail: `'${key}' is no attribute that a client can set; there are params, created_at, updated_at, updated_in_db_at.`,
      source: { pointer: pointerTo([...issue.path, key]) },
    }))
  }
  return [{ detail: issue.message, source: { pointer: pointerTo(issue.path) } }]
}

/** A JSON pointer (RFC 6901). */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
