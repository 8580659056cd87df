import type { JsonObject } from '../contacts/filter/json-values.ts'
import { badRequest } from '../http/errors.ts'

/** How much a client may keep in a log beside the filter. */
const OTHER_PARAMS_BYTES = 4096

/**
 * Checks the size of what stands beside the filter in the params of a new log. It is stored as it comes, and shown with
 * every log.
 *
 * @throws HttpError 400
 */
export function refuseLargeParams(params: JsonObject): void {
  const others = Object.entries(params).filter(([name]) => name !== 'filter')
  // Of arrays, since `__proto__` is a name like any other here.
  const json = `{${others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
  const bytes = new TextEncoder().encode(json).length
  if (bytes <= OTHER_PARAMS_BYTES) return
  throw badRequest({
    detail: `The params beside 'filter' must not be larger than ${OTHER_PARAMS_BYTES} bytes of JSON; these have ${bytes}.`,
    source: { pointer: '/data/attributes/params' },
  })
}
