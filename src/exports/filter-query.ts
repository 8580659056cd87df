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
 * @param others the parameters that have a meaning beside the filter
 * @returns the filter as JSON, `undefined` where there is none, and as it is read
 * @throws HttpError 400 for what is wrong with it, and for other parameters that nobody knows: one that was meant to be a
 *   filter must not select everybody
 */
export function readFilterQuery(
  url: string,
  today: string,
  others: readonly string[],
): { readonly sent: unknown; readonly filter: Filter } {
  const parameters = new URL(url).searchParams
  const problems: Problem[] = []
  const refuse: Refuse = (parameter, detail) => problems.push({ detail, source: { parameter } })
  const known = ['filter', ...others].join(', ')
  for (const name of new Set(parameters.keys())) {
    if (others.includes(name) || /^filter($|\[)/.test(name)) continue
    if (isReserved(name) || seemsFilter(name)) {
      refuse(name, `There is no '${name}' here; there is ${known}. ${KEY_FORM}`)
    }
  }
  const sent = filterOf(parameters, refuse)
  const read = readFilter(sent, today)
  if ('filter' in read && problems.length === 0) return { sent, filter: read.filter }
  const isWhole = typeof sent === 'string'
  for (const { key, detail } of 'problems' in read ? read.problems : []) {
    refuse(isWhole || key === undefined ? 'filter' : `filter[${key}]`, detail)
  }
  throw badRequest(...problems)
}

type Refuse = (parameter: string, detail: string) => void

/** `filter.status`, or a key that stands alone. */
const seemsFilter = (parameter: string): boolean =>
  /^filter/i.test(parameter) || schemaOf(snakeCase(parameter.replace(/\[.*/, ''))) !== undefined

/**
 * The filter as JSON: `filter[status]=active`, `filter[ids][]=…` once for each item, `filter[donation_amount_range][min]=5`;
 * or all of it at once, `filter={…}`.
 */
function filterOf(parameters: URLSearchParams, refuse: Refuse): unknown {
  const root = new Map<string, Branch>()
  const whole = parameters.getAll('filter')
  for (const [parameter, value] of parameters) {
    if (!parameter.startsWith('filter[')) continue
    const keys = KEYS.exec(parameter)?.[1]?.slice(1, -1).split('][')
    if (!keys || keys[0] === '' || keys.slice(0, -1).includes('')) refuse(parameter, KEY_FORM)
    else if (whole.length > 0) {
      refuse(parameter, 'Give the filter as filter={…} or by filter[key], not both.')
    } else if (!added(root, keys, value)) {
      refuse(
        parameter,
        `'${parameter}' is given twice, or in two ways. A list is filter[key]=a,b or filter[key][]=a&filter[key][]=b.`,
      )
    }
  }
  if (whole.length > 1) refuse('filter', "'filter' is given twice.")
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
