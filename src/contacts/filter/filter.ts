import type { FilterKeyName, KeyValues } from './keys/keys.ts'

/** A filter that was read and checked: plain data, from which conditions are compiled. */
export type Filter = {
  /** Only these account lists; all that the caller may read where there is no such list. */
  readonly accountListIds: readonly string[] | undefined
  /** Whether any one of the keys is enough. */
  readonly anyFilter: boolean
  /** Whether any one of the tags is enough. */
  readonly anyTags: boolean
  readonly keys: GivenKeys
}

/** A key that is given: its value in the type of the key, and whether the key is reversed. */
export type GivenKey<Name extends FilterKeyName> = {
  readonly value: KeyValues[Name]
  readonly reversed: boolean
}

/** The keys that are given, by their names. */
type GivenKeys = { readonly [Name in FilterKeyName]?: GivenKey<Name> }
