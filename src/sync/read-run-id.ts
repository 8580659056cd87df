import * as z from 'zod'
import { badRequest } from '../http/errors.ts'

/**
 * The id of a run from a path, in lower case.
 *
 * @throws HttpError 400
 */
export function readRunId(text: string): string {
  const { data } = z.guid().safeParse(text)
  if (data !== undefined) return data.toLowerCase()
  throw badRequest({ detail: `The id of a run must be a UUID; '${text}' is not one.` })
}
