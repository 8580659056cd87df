import { jsonFaults, type JsonFault } from './json-faults.ts'

export type JsonObject = { readonly [member: string]: unknown }

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A text of JSON as what it stands for, `undefined` when it is no JSON. An empty text stands for
 * null.
 */
function parsedJson(text: string): unknown {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** A JSON object that came as such or as a text; null and an empty text stand for `{}`. */
export function asJsonObject(value: unknown): JsonObject | undefined {
  const parsed = typeof value === 'string' ? parsedJson(value) : value
  if (parsed === null) return {}
  return isJsonObject(parsed) ? parsed : undefined
}

/** The faults of a value that {@link asJsonObject} takes: only a text can have some. */
export const faultsOfJson = (value: unknown): readonly JsonFault[] =>
  typeof value === 'string' ? jsonFaults(value) : []

/**
 * How many objects and arrays stand in each other, at the most. Without recursion: a body can be
 * all brackets.
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
 * Values that mean the same as no key at all: nothing, an empty text, an array of nothing else, an
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
 * `underscore`). Only places are matched, not the letters around them: a key of a million letters
 * takes no longer for it.
 */
export const snakeCase = (name: string): string =>
  name
    .replace(/(?<=[A-Z\d])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase()
