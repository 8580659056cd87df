import { jsonFaults, type JsonFault } from './json-faults.ts'

export type JsonObject = { readonly [member: string]: unknown }

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of a JSON text; `undefined` when it is not JSON. An empty text is null. */
function parsedJson(text: string): unknown {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** A JSON object that came as such or as a text; null and an empty text are `{}`. */
export function asJsonObject(value: unknown): JsonObject | undefined {
  const parsed = typeof value === 'string' ? parsedJson(value) : value
  if (parsed === null) return {}
  return isJsonObject(parsed) ? parsed : undefined
}

/** The faults of a value that {@link asJsonObject} takes: only a text can have some. */
export const faultsOfJson = (value: unknown): readonly JsonFault[] =>
  typeof value === 'string' ? jsonFaults(value) : []

/**
 * How deep objects and arrays are nested. It uses no recursion, because a body can consist of
 * brackets.
 */
export function depthOf(value: unknown): number {
  let depth = 0
  for (let level = [value]; ; depth += 1) {
    const containers = level.filter((item) => typeof item === 'object' && item !== null)
    if (containers.length === 0) return depth
    level = containers.flatMap((container): unknown[] => Object.values(container))
  }
}

/**
 * Whether a value means the same as an absent key: null, an empty text, an array of empty texts, an
 * empty object.
 */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'string' && item.trim() === '')
  }
  return typeof value === 'object' && Object.keys(value).length === 0
}

/**
 * `pledgeAmount` and `pledge-amount` as `pledge_amount`, by the rules of MPDX (ActiveSupport's
 * `underscore`). Only positions are matched, so that the time is linear in the length of the key.
 */
export const snakeCase = (name: string): string =>
  name
    .replace(/(?<=[A-Z\d])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase()
