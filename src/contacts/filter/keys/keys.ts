import type { ZodType } from 'zod'
import { isAbsent } from '../values/json-values.ts'
import { isEmptyList } from '../values/split-list.ts'
import { ids } from '../values/lists.ts'
import { flag } from '../values/scalars.ts'
import { commitmentKeys } from './commitment-keys.ts'
import { contactKeys } from './contact-keys.ts'
import type { FilterKey, KeyDescription, StoredValues } from './filter-key.ts'
import { giftKeys } from './gift-keys.ts'
import { addressKeys } from './address-keys.ts'
import { contactInfoKeys } from './contact-info-keys.ts'
import { taskAndAppealKeys } from './task-and-appeal-keys.ts'

const allKeys = {
  ...contactKeys,
  ...addressKeys,
  ...contactInfoKeys,
  ...commitmentKeys,
  ...giftKeys,
  ...taskAndAppealKeys,
}

type AllKeys = typeof allKeys

/** The name of a key that selects contacts, in snake_case. */
export type FilterKeyName = keyof AllKeys

type ValueOfKey<Key> = Key extends FilterKey<infer Value> ? Value : never

/** The values of keys, each in its own type. */
export type KeyValues = { readonly [Name in FilterKeyName]: ValueOfKey<AllKeys[Name]> }

/** Every key by its name. The type ties the name of a key to the type of its value. */
export const keyByName: { readonly [Name in FilterKeyName]: FilterKey<KeyValues[Name]> } = allKeys

export const isFilterKeyName = (name: string): name is FilterKeyName =>
  Object.hasOwn(keyByName, name)

/** Every key that selects contacts, in the order of the documents. */
export const filterKeyNames: readonly FilterKeyName[] =
  Object.keys(keyByName).filter(isFilterKeyName)

/** Where the values of keys are stored, for the keys whose values can be suggested. */
export const storedValuesByKey: ReadonlyMap<string, StoredValues> = new Map(
  filterKeyNames.flatMap((name) => {
    const { storedValues } = keyByName[name]
    return storedValues ? [[name, storedValues] as const] : []
  }),
)

/** What else a filter holds: its scope, and what changes the meaning of keys. */
export const filterModifiers: ReadonlyMap<
  string,
  { readonly description: KeyDescription; readonly schema: ZodType }
> = new Map([
  [
    'account_list_id',
    {
      description: {
        selects: 'of these account lists only',
        example: 'a0000000-0000-4000-8000-000000000001',
      },
      schema: ids,
    },
  ],
  [
    'any_filter',
    {
      description: { selects: 'that any key selects, instead of all keys', example: true },
      schema: flag,
    },
  ],
  [
    'any_tags',
    {
      description: { selects: 'that have any of the `tags`, instead of all', example: true },
      schema: flag,
    },
  ],
])

/** The description of each modifier and key, in the order of the documents. */
export const keyDescriptions: Readonly<Record<string, KeyDescription>> = Object.fromEntries([
  ...[...filterModifiers].map(([name, { description }]) => [name, description] as const),
  ...filterKeyNames.map((name) => [name, keyByName[name].description] as const),
])

/** Whether a value of a key, by the key's name in snake_case, means the same as no key at all. */
export const isAbsentAt = (name: string, value: unknown): boolean =>
  isAbsent(value) || (typeof value === 'string' && !isSearchKey(name) && isEmptyList(value))

const isSearchKey = (name: string): boolean =>
  isFilterKeyName(name) && keyByName[name].isSearch === true

/** How the value of a key is read, by its name in snake_case; `undefined` for an unknown key. */
export function schemaOf(name: string): ZodType | undefined {
  if (isFilterKeyName(name)) return keyByName[name].schema
  const reversed = name.replace(/^reverse_/, '')
  if (reversed !== name) return isFilterKeyName(reversed) ? flag : undefined
  return filterModifiers.get(name)?.schema
}
