import type { ZodType } from 'zod'
import { commitmentKeys } from './commitment-keys.ts'
import { contactKeys } from './contact-keys.ts'
import type { FilterKey } from './filter-key.ts'
import { giftKeys } from './gift-keys.ts'
import { isAbsent } from '../values/json-values.ts'
import { hasNoItem } from '../values/list-items.ts'
import { placeKeys } from './place-keys.ts'
import { reachKeys } from './reach-keys.ts'
import { taskAndAppealKeys } from './task-and-appeal-keys.ts'
import { ids } from '../values/lists.ts'
import { flag } from '../values/values.ts'

const keys = {
  ...contactKeys,
  ...placeKeys,
  ...reachKeys,
  ...commitmentKeys,
  ...giftKeys,
  ...taskAndAppealKeys,
}

export type FilterKeyName = keyof typeof keys

/** Every key that selects contacts, by its name in snake_case. */
export const filterKeys: ReadonlyMap<string, FilterKey> = new Map<string, FilterKey>(
  Object.entries(keys),
)

const scopeAndModifiers = { account_list_id: ids, any_filter: flag, any_tags: flag }

export type FilterModifierName = keyof typeof scopeAndModifiers

/** What else a filter holds: its scope, and what changes the meaning of keys. */
export const filterModifiers: ReadonlyMap<string, ZodType> = new Map<string, ZodType>(
  Object.entries(scopeAndModifiers),
)

/** Keys whose value is a text to search for: of these alone a text of nothing but commas is more than a list without an item. */
const textKeys: ReadonlySet<string> = new Set<FilterKeyName>([
  'name_like',
  'wildcard_search',
  'notes',
])

/** Whether a value of a key, by the key's name in snake_case, means the same as no key at all. */
export const isAbsentAt = (name: string, value: unknown): boolean =>
  isAbsent(value) || (typeof value === 'string' && !textKeys.has(name) && hasNoItem(value))

/** How the value of a key is read, by the key's name in snake_case; `undefined` for a key that means nothing. */
export function schemaOf(name: string): ZodType | undefined {
  const key = name.replace(/^reverse_/, '')
  if (key === name) return filterKeys.get(name)?.schema ?? filterModifiers.get(name)
  return filterKeys.has(key) ? flag : undefined
}
