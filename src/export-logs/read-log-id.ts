import * as z from 'zod'
import { badRequest } from '../http/errors.ts'

/**
 * The id of a log from a path, in lower case: a UUID of any version (RFC 9562).
 *
 * @throws HttpError 400
 */
export function readLogId(text: string): string {
  const { data } = z.guid().safeParse(text)
  if (data !== undefined) return data.toLowerCase()
  throw badRequest({ detail: `The id of a log must be a UUID; '${text}' is not one.` })
}
