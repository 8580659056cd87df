import {
  asJsonObject,
  depthOf,
  faultsOfJson,
  snakeCase,
  type JsonObject,
} from './values/json-values.ts'
import { ids } from './values/lists.ts'
import { flag } from './values/scalars.ts'
import type { Filter, GivenKey } from './filter.ts'
import { findOversizedKey } from './find-oversized-key.ts'
import {
  isAbsentAt,
  isFilterKeyName,
  keyByName,
  schemaOf,
  type FilterKeyName,
} from './keys/keys.ts'

/**
 * A fault of a filter: the key as it was sent (none: the filter as a whole), and what is right.
 */
export type FilterProblem = { readonly key?: string; readonly detail: string }

const MAXIMUM_DEPTH = 64

/**
 * Reads a filter: a JSON object, or that object as a text. `null`, `''` and an absent filter are
 * `{}`.
 *
 * @param today the UTC day of the export, `2022-01-12`: some values are valid on some days only
 */
export function readFilter(
  input: unknown,
  today: string,
): { readonly filter: Filter } | { readonly problems: readonly FilterProblem[] } {
  const object = asJsonObject(input ?? null)
  if (!object) {
    return { problems: [{ detail: 'The filter must be a JSON object, or that object as a text.' }] }
  }
  if (depthOf(object) > MAXIMUM_DEPTH) {
    return { problems: [{ detail: `The filter must not be nested deeper than ${MAXIMUM_DEPTH}.` }] }
  }
  const faults = faultsOfJson(input)
  if (faults.length > 0) {
    return { problems: faults.map(({ path: [key = ''], detail }) => ({ key, detail })) }
  }
  const members = Object.entries(object).map(([key, value]) => ({
    key,
    name: snakeCase(key),
    value,
  }))
  const read = readMembers(members, today)
  const problems = [...repeatedKeys(members), ...read.problems]
  if (problems.length > 0) return { problems }
  const tooLarge = findOversizedKey(read.filter, today)
  return tooLarge ? { problems: [sizeProblem(object, tooLarge.name)] } : { filter: read.filter }
}

/** A member of the filter as it was sent, with its name in snake_case. */
type Member = { readonly key: string; readonly name: string; readonly value: unknown }

/** @param name the key that is too large, in snake_case; `undefined` for all of them together */
function sizeProblem(object: JsonObject, name: string | undefined): FilterProblem {
  const key = Object.keys(object).find((sent) => name !== undefined && snakeCase(sent) === name)
  return key === undefined
    ? { detail: 'The filter is too large for the database: give fewer values.' }
    : { key, detail: `'${key}' is too large for the database: give fewer or shorter values.` }
}

/** Two spellings of one key contradict each other, or one of them is a mistake. */
function repeatedKeys(members: readonly Member[]): FilterProblem[] {
  const first = new Map<string, string>()
  return members.flatMap(({ key, name }) => {
    const earlier = first.get(name)
    first.set(name, earlier ?? key)
    return earlier === undefined || !schemaOf(name)
      ? []
      : [{ key, detail: `'${key}' and '${earlier}' are the same key: give it once.` }]
  })
}

function readMembers(members: readonly Member[], today: string) {
  const problems: FilterProblem[] = []
  const keys: WritableKeys<FilterKeyName> = {}
  const given = members.filter(({ name, value }) => !isAbsentAt(name, value))
  const valueOf = (name: string): unknown => given.find((member) => member.name === name)?.value
  const isSet = (name: string): boolean => flag.safeParse(valueOf(name) ?? '').data ?? false
  const isReversed = (name: FilterKeyName): boolean => isSet(`reverse_${name}`)

  /** Reads a key. @returns what is wrong with its value, as the end of a sentence */
  function readKey<Name extends FilterKeyName>(
    into: WritableKeys<Name>,
    name: Name,
    input: unknown,
  ): string | undefined {
    const { schema, objection } = keyByName[name]
    const { success, data, error } = schema.safeParse(input)
    if (!success) return error.issues[0]?.message
    if (data === undefined) return undefined
    into[name] = { value: data, reversed: isReversed(name) }
    return objection?.(data, today)
  }

  for (const { key, name, value } of given) {
    const message = isFilterKeyName(name)
      ? readKey(keys, name, value)
      : schemaOf(name)?.safeParse(value).error?.issues[0]?.message
    if (message !== undefined) problems.push({ key, detail: `'${key}' ${message}.` })
  }
  const anyFilter = Object.keys(keys).length > 0 && isSet('any_filter')
  if (!anyFilter && !keys.status && !keys.ids) {
    keys.status = { value: ['active'], reversed: isReversed('status') }
  }
  const filter: Filter = {
    accountListIds: ids.safeParse(valueOf('account_list_id') ?? []).data,
    anyFilter,
    anyTags: isSet('any_tags'),
    keys,
  }
  return { filter, problems }
}

type WritableKeys<Names extends FilterKeyName> = { -readonly [Name in Names]?: GivenKey<Name> }

/** The keys of a filter that are not known here, as they were sent. */
export const ignoredKeys = (input: unknown): readonly string[] =>
  Object.keys(asJsonObject(input) ?? {}).filter((key) => !schemaOf(snakeCase(key)))
