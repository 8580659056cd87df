import { tooLargePart } from './compiled-size.ts'
import { valueOf, type GivenValues, type Selection } from './keys/filter-key.ts'
import {
  asJsonObject,
  depthOf,
  faultsOfJson,
  snakeCase,
  type JsonObject,
} from './values/json-values.ts'
import { filterKeys, isAbsentAt, schemaOf } from './keys/keys.ts'
import { ids } from './values/lists.ts'
import { flag } from './values/values.ts'

/** A filter, read and checked. */
export type Filter = {
  /** Only these account lists; all that the caller may read where there is no such list. */
  readonly accountListIds: readonly string[] | undefined
  /** Whether any one of the keys is enough. */
  readonly anyFilter: boolean
  readonly keys: readonly GivenKey[]
  /** The values that keys may look at beside their own. */
  readonly given: GivenValues
}

export type GivenKey = {
  readonly name: string
  readonly selection: Selection
  readonly isReversed: boolean
}

/** What is wrong with a filter: at which key, as it was sent (none: the whole), and what would be right. */
export type FilterProblem = { readonly key?: string; readonly detail: string }

const MAXIMUM_DEPTH = 64

/**
 * Reads a filter: a JSON object, or that object as a text. `null`, `''` and nothing at all are `{}`.
 *
 * @param today the UTC day of the export, `2022-01-12`: some values are right on some days only
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
  const problems = [...repeatedKeys(object), ...badValues(object, today)]
  if (problems.length > 0) return { problems }
  const filter = checkedFilter(object)
  const tooLarge = tooLargePart(filter, today)
  return tooLarge ? { problems: [sizeProblem(object, tooLarge.name)] } : { filter }
}

/** @param name the key to blame, in snake_case; `undefined` for all of them together */
function sizeProblem(object: JsonObject, name: string | undefined): FilterProblem {
  const key = Object.keys(object).find((sent) => name !== undefined && snakeCase(sent) === name)
  return key === undefined
    ? { detail: 'The filter is too large for the database: give fewer values.' }
    : { key, detail: `'${key}' is too large for the database: give fewer or shorter values.` }
}

/** Two spellings of one key contradict each other, or one of them is an oversight. */
function repeatedKeys(object: JsonObject): FilterProblem[] {
  const first = new Map<string, string>()
  return Object.keys(object).flatMap((key) => {
    const name = snakeCase(key)
    const earlier = first.get(name)
    first.set(name, earlier ?? key)
    return earlier === undefined || !schemaOf(name)
      ? []
      : [{ key, detail: `'${key}' and '${earlier}' are the same key: give it once.` }]
  })
}

function badValues(object: JsonObject, today: string): FilterProblem[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const name = snakeCase(key)
    if (isAbsentAt(name, value)) return []
    const message =
      schemaOf(name)?.safeParse(value).error?.issues[0]?.message ??
      filterKeys.get(name)?.objection(value, today)
    return message === undefined ? [] : [{ key, detail: `'${key}' ${message}.` }]
  })
}

function checkedFilter(object: JsonObject): Filter {
  const given = new Map(
    Object.entries(object)
      .map(([key, value]) => [snakeCase(key), value] as const)
      .filter(([name, value]) => !isAbsentAt(name, value)),
  )
  const keys = [...filterKeys].flatMap(([name, key]) => {
    const selection = given.has(name) ? key.select(given.get(name), given) : undefined
    const isReversed = valueOf(given, `reverse_${name}`, flag) ?? false
    return selection ? [{ name, selection, isReversed }] : []
  })
  const anyFilter = keys.length > 0 && (valueOf(given, 'any_filter', flag) ?? false)
  const hasStatus = keys.some(({ name }) => name === 'status' || name === 'ids')
  return {
    accountListIds: distinct(valueOf(given, 'account_list_id', ids)),
    anyFilter,
    keys: anyFilter || hasStatus ? keys : [...keys, ...defaultStatus(given)],
    given,
  }
}

const distinct = (items: readonly string[] | undefined): readonly string[] | undefined =>
  items && [...new Set(items)]

/** The keys of a filter that mean nothing here, as they were sent. */
export const ignoredKeys = (input: unknown): readonly string[] =>
  Object.keys(asJsonObject(input) ?? {}).filter((key) => !schemaOf(snakeCase(key)))

/** Who says nothing of the status wants the active contacts, or by `reverse_status` alone the hidden ones. */
function defaultStatus(given: GivenValues): GivenKey[] {
  const selection = filterKeys.get('status')?.select('active', given)
  const isReversed = valueOf(given, 'reverse_status', flag) ?? false
  return selection ? [{ name: 'status', selection, isReversed }] : []
}
