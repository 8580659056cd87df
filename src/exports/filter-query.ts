import { snakeCase } from '../contacts/filter/json-values.ts'
import { schemaOf } from '../contacts/filter/keys.ts'
import { readFilter, type Filter } from '../contacts/filter/read-filter.ts'
import { badRequest, type Problem } from '../http/errors.ts'
import { isReserved } from '../http/json-api-query.ts'

/** What stands at a key: a text, a list of texts, or further keys. */
type Branch = string | string[] | Map<string, Branch>

/** A filter may be 64 deep. */
const KEYS = /^filter((?:\[[^[\]]*\]){1,64})$/

const KEY_FORM = 'A key of the filter looks like filter[status] or filter[ids][].'

/**
 * Reads the filter of a query string, which has the forms of {@link filterOf}.
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @returns the filter as JSON, `undefined` where there is none, and as it is read
 * @throws HttpError 400 for what is wrong with it, and for other parameters that nobody knows: one that was meant to be a
 *   filter must not select everybody
 */
export function readFilterQuery(
  url: string,
  today: string,
): { readonly sent: unknown; readonly filter: Filter } {
  const parameters = new URL(url).searchParams
  const unknown = [...parameters.keys()].find(
    (name) =>
      name !== 'bom' && !/^filter($|\[)/.test(name) && (isReserved(name) || seemsFilter(name)),
  )
  if (unknown !== undefined) {
    const detail = `There is no '${unknown}' here; there is filter, bom. ${KEY_FORM}`
    throw badRequest(problem(unknown, detail))
  }
  const sent = filterOf(parameters)
  const read = readFilter(sent, today)
  if ('filter' in read) return { sent, filter: read.filter }
  const isWhole = typeof sent === 'string'
  throw badRequest(
    ...read.problems.map(({ key, detail }) =>
      problem(isWhole || key === undefined ? 'filter' : `filter[${key}]`, detail),
    ),
  )
}

/** `filter.status`, or a key that stands alone. */
const seemsFilter = (parameter: string): boolean =>
  /^filter/i.test(parameter) || schemaOf(snakeCase(parameter.replace(/\[.*/, ''))) !== undefined

/**
 * The filter as JSON: `filter[status]=active`, `filter[ids][]=…` once for each item, `filter[donation_amount_range][min]=5`;
 * or all of it at once, `filter={…}`.
 */
function filterOf(parameters: URLSearchParams): unknown {
  const root = new Map<string, Branch>()
  const whole = parameters.getAll('filter')
  for (const [parameter, value] of parameters) {
    if (!parameter.startsWith('filter[')) continue
    const keys = KEYS.exec(parameter)?.[1]?.slice(1, -1).split('][')
    if (!keys || keys[0] === '' || keys.slice(0, -1).includes('')) {
      throw badRequest(problem(parameter, KEY_FORM))
    }
    if (whole.length > 0) {
      throw badRequest(
        problem(parameter, 'Give the filter as filter={…} or by filter[key], not both.'),
      )
    }
    if (!added(root, keys, value)) {
      throw badRequest(
        problem(
          parameter,
          `'${parameter}' is given twice, or in two ways. A list is filter[key]=a,b or filter[key][]=a&filter[key][]=b.`,
        ),
      )
    }
  }
  if (whole.length > 1) throw badRequest(problem('filter', "'filter' is given twice."))
  return whole[0] ?? (root.size === 0 ? undefined : jsonOf(root))
}

/** Puts a value where its keys lead; an empty last key makes a list. Says whether the place was free. */
function added(branch: Map<string, Branch>, keys: readonly string[], value: string): boolean {
  const [key = '', ...others] = keys
  const there = branch.get(key)
  if (others.length === 0) {
    branch.set(key, value)
    return there === undefined
  }
  if (others.length === 1 && others[0] === '') {
    branch.set(key, Array.isArray(there) ? [...there, value] : [value])
    return there === undefined || Array.isArray(there)
  }
  const next = there ?? new Map<string, Branch>()
  branch.set(key, next)
  return next instanceof Map && added(next, others, value)
}

const jsonOf = (branch: Branch): unknown =>
  branch instanceof Map
    ? Object.fromEntries(Array.from(branch, ([key, value]) => [key, jsonOf(value)]))
    : branch

const problem = (parameter: string, detail: string): Problem => ({ detail, source: { parameter } })
