import type { JsonObject } from '../contacts/filter/values/json-values.ts'
import { badRequest } from '../http/errors.ts'

/** How many bytes of params besides the filter a client may store in a log. */
const OTHER_PARAMS_BYTES = 4096

/** D1 refuses rows of more than 2,000,000 bytes. The other columns of a log need a few hundred. */
const STORED_BYTES = 1_900_000

/**
 * Checks the size of the params of a new log: of the members besides the filter, which are shown
 * with every log, and of all that is stored. Stored params can be larger than sent ones: `1e20` is
 * stored in 21 digits.
 *
 * @throws HttpError 400
 */
export function refuseLargeParams(params: JsonObject): void {
  const others = Object.entries(params).filter(([name]) => name !== 'filter')
  // Built from entries, because `__proto__` is a valid name here.
  const members = others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  const beside = `{${members.join(',')}}`
  refuseLarger("The params beside 'filter'", beside, OTHER_PARAMS_BYTES)
  refuseLarger('The params, with their numbers written out,', JSON.stringify(params), STORED_BYTES)
}

function refuseLarger(what: string, json: string, most: number): void {
  const bytes = new TextEncoder().encode(json).length
  if (bytes <= most) return
  throw badRequest({
    detail: `${what} must not be larger than ${most} bytes of JSON; these have ${bytes}.`,
    source: { pointer: '/data/attributes/params' },
  })
}
