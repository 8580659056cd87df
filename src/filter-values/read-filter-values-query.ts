import { snakeCase } from '../contacts/filter/values/json-values.ts'
import { storedValuesByKey } from '../contacts/filter/keys/keys.ts'
import type { StoredValues } from '../contacts/filter/keys/filter-key.ts'
import { ids } from '../contacts/filter/values/lists.ts'
import { searchText } from '../contacts/filter/values/search-text.ts'
import { isJsonObject, asJsonObject } from '../contacts/filter/values/json-values.ts'
import { badRequest, type Problem } from '../http/errors.ts'
import { filterOf, type Refuse } from '../http/json-api/filter-parameters.ts'
import { queryParameters } from '../http/query-parameters.ts'

/** The keys whose values can be suggested. */
export const suggestedKeys: readonly string[] = [...storedValuesByKey.keys()]

const SCOPE = 'account_list_id'
const PARAMETERS = `Use key, q and filter[${SCOPE}].`

/** What is asked for: the values of which key, of which account lists, and what they contain. */
export type FilterValuesQuery = {
  readonly storedValues: StoredValues
  readonly searched: string | undefined
  readonly accountListIds: readonly string[] | undefined
}

/**
 * Reads the query string of a request for values. As in every document, an unknown parameter that
 * JSON:API reserves is a 400.
 *
 * @throws HttpError 400
 */
export function readFilterValuesQuery(url: string): FilterValuesQuery {
  const parameters = queryParameters(url)
  const problems: Problem[] = []
  const refuse: Refuse = (parameter, detail) => problems.push({ detail, source: { parameter } })
  for (const name of new Set(parameters.keys())) {
    if (/^[a-z]+(\[.*)?$/s.test(name) && !/^(key|q|filter(\[.*)?)$/s.test(name)) {
      refuse(name, `There is no parameter '${name}' here. ${PARAMETERS}`)
    }
  }
  const only = (name: string): string | undefined => {
    const [value, ...others] = parameters.getAll(name)
    if (others.length > 0) refuse(name, `'${name}' is given twice.`)
    return value
  }
  const key = only('key')
  const storedValues = storedValuesByKey.get(snakeCase(key ?? ''))
  if (!storedValues) {
    const sent = key === undefined ? "'key' is missing." : `There are no values for '${key}'.`
    refuse('key', `${sent} The keys with values are ${suggestedKeys.join(', ')}.`)
  }
  const searched = searchText.safeParse(only('q') ?? '')
  if (!searched.success) refuse('q', `'q' ${searched.error.issues[0]?.message ?? 'is invalid'}.`)
  const accountListIds = scopeOf(filterOf(parameters, refuse), refuse)
  if (!storedValues || problems.length > 0) throw badRequest(...problems)
  return { storedValues, searched: searched.data, accountListIds }
}

/** The account lists that a filter names. No other key has a meaning here. */
function scopeOf(filter: unknown, refuse: Refuse): readonly string[] | undefined {
  const members = asJsonObject(filter ?? null)
  if (!isJsonObject(members)) {
    refuse('filter', 'The filter must be a JSON object.')
    return undefined
  }
  const [scope, ...others] = Object.entries(members).filter(([name, value]) => {
    if (snakeCase(name) === SCOPE) return value !== null
    refuse(`filter[${name}]`, `'${name}' does not limit values. ${PARAMETERS}`)
    return false
  })
  if (others.length > 0) refuse(`filter[${SCOPE}]`, `'${SCOPE}' is given twice.`)
  const { data, error } = ids.safeParse(scope?.[1] ?? [])
  if (error) refuse(`filter[${SCOPE}]`, `'${SCOPE}' ${error.issues[0]?.message ?? 'is invalid'}.`)
  return data
}
