import type { GivenValues, Selection } from './filter-key.ts'
import { valueOf } from './filter-key.ts'
import { asJsonObject, depthOf, isAbsent, snakeCase, type JsonObject } from './json-values.ts'
import { filterKeys, schemaOf } from './keys.ts'
import { flag, ids } from './values.ts'

/** A filter, read and checked. */
export type Filter = {
  /** Only these account lists; all that the caller may read where there is no such list. */
  readonly accountListIds: readonly string[] | undefined
  readonly keys: readonly { readonly selection: Selection; readonly reversed: boolean }[]
  /** The values that keys may look at beside their own. */
  readonly given: GivenValues
}

/** What is wrong with a filter: at which key, as it was sent (none: the whole), and what would be right. */
export type FilterProblem = { readonly key?: string; readonly detail: string }

const MAXIMUM_DEPTH = 64

/** Reads a filter: a JSON object, or that object as a text. `null`, `''` and nothing at all are `{}`. */
export function readFilter(
  input: unknown,
): { readonly filter: Filter } | { readonly problems: readonly FilterProblem[] } {
  const object = asJsonObject(input ?? null)
  if (!object) {
    return { problems: [{ detail: 'The filter must be a JSON object, or that object as a text.' }] }
  }
  if (depthOf(object) > MAXIMUM_DEPTH) {
    return { problems: [{ detail: `The filter must not be nested deeper than ${MAXIMUM_DEPTH}.` }] }
  }
  const problems = [...repeatedKeys(object), ...badValues(object)]
  return problems.length > 0 ? { problems } : { filter: checkedFilter(object) }
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

function badValues(object: JsonObject): FilterProblem[] {
  return Object.entries(object).flatMap(([key, value]) => {
    if (isAbsent(value)) return []
    const error = schemaOf(snakeCase(key))?.safeParse(value).error
    return error ? [{ key, detail: `'${key}' ${error.issues[0]?.message}.` }] : []
  })
}

function checkedFilter(object: JsonObject): Filter {
  const given = new Map(
    Object.entries(object)
      .filter(([, value]) => !isAbsent(value))
      .map(([key, value]) => [snakeCase(key), value]),
  )
  const keys = [...filterKeys].flatMap(([name, key]) => {
    const selection = given.has(name) ? key.select(given.get(name)) : undefined
    const reversed = valueOf(given, `reverse_${name}`, flag) ?? false
    return selection ? [{ name, selection, reversed }] : []
  })
  const chosen = keys.some(({ name }) => name === 'status' || name === 'ids')
  const status = filterKeys.get('status')?.select('active')
  return {
    accountListIds: valueOf(given, 'account_list_id', ids),
    keys: chosen || !status ? keys : [...keys, { selection: status, reversed: false }],
    given,
  }
}
