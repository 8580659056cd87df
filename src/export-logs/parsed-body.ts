import { jsonFaults } from '../contacts/filter/values/json-faults.ts'
import { badRequest } from '../http/errors.ts'
import { jsonPointer } from './json-pointer.ts'

/**
 * The JSON of a body. Repeated members and numbers that would be rounded are refused, because
 * `JSON.parse` changes them silently.
 *
 * @throws HttpError 400
 */
export function parsedBody(body: ArrayBuffer): unknown {
  const { text, value } = decodedBody(body)
  const faults = jsonFaults(text)
  if (faults.length === 0) return value
  throw badRequest(
    ...faults.map(({ path, detail }) => ({ detail, source: { pointer: jsonPointer(path) } })),
  )
}

function decodedBody(body: ArrayBuffer): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)
    return { text, value: JSON.parse(text) }
  } catch {
    throw badRequest({ detail: 'The body must be JSON, in UTF-8.' })
  }
}
