import { snakeCase } from '../contacts/filter/values/json-values.ts'
import { schemaOf } from '../contacts/filter/keys/keys.ts'
import type { Filter } from '../contacts/filter/filter.ts'
import { ignoredKeys, readFilter } from '../contacts/filter/read-filter.ts'
import { badRequest, type Problem } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'

/** The value of a key: a text, a list of texts, or further keys. */
type Branch = string | string[] | Map<string, Branch>

/** A filter may be nested 64 levels deep. */
const KEYS = /^filter((?:\[[^[\]]*\]){1,64})$/

const KEY_FORM = 'A key of the filter looks like filter[status] or filter[ids][].'

/** A parameter that is part of the filter, valid or not. */
const FILTER = /^filter($|\[)/

/** Parameters for others: the token, those of campaigns, and one that bypasses caches. */
const FOREIGN = /^(access_token|utm_.*|_)$/s

/**
 * Reads the filter of a query string, in one of the forms of {@link filterOf}. A file or a preview
 * cannot show that a part of the request was ignored, so every parameter and every key of the
 * filter must be known. A damaged one (`&amp;filter[tags]=…`) must not select everybody.
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @param others the parameters that the route knows besides the filter
 * @returns the filter as JSON, `undefined` without one, and the filter that was read
 * @throws HttpError 400 for everything invalid in the query string
 */
export function readFilterQuery(
  url: string,
  today: string,
  others: readonly string[],
): { readonly sent: unknown; readonly filter: Filter } {
  const parameters = queryParameters(url)
  const problems: Problem[] = []
  const refuse: Refuse = (parameter, detail) => problems.push({ detail, source: { parameter } })
  const known = ['filter', ...others].join(', ')
  for (const name of new Set(parameters.keys())) {
    if (others.includes(name) || FILTER.test(name) || FOREIGN.test(name)) continue
    const meant = meantBy(name, others)
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`
    refuse(name, `There is no parameter '${name}' here; there is ${known}.${hint} ${KEY_FORM}`)
  }
  const sent = filterOf(parameters, refuse)
  const read = readFilter(sent, today)
  const isWhole = typeof sent === 'string'
  const refuseKey: Refuse = (key, detail) => refuse(isWhole ? 'filter' : `filter[${key}]`, detail)
  for (const key of ignoredKeys(sent)) {
    refuseKey(key, `'${key}' is not a key of the filter. The keys are listed at /docs.`)
  }
  for (const { key, detail } of 'problems' in read ? read.problems : []) {
    if (key === undefined) refuse('filter', detail)
    else refuseKey(key, detail)
  }
  if ('filter' in read && problems.length === 0) return { sent, filter: read.filter }
  throw badRequest(...problems)
}

type Refuse = (parameter: string, detail: string) => void

const GUESSED_LENGTH = 100

/**
 * The parameter that was probably meant: its name is part of the given one, or it is a key without
 * `filter[]`.
 */
function meantBy(name: string, others: readonly string[]): string | undefined {
  if (name.length > GUESSED_LENGTH) return undefined
  const [, bracketed] = /filters?((?:\[[^[\]]*\])+)/i.exec(name) ?? []
  if (bracketed !== undefined) return `filter${bracketed}`
  const [word = ''] = /[a-z][\w-]*$/i.exec(name.replace(/\[.*/s, '')) ?? []
  if (word === 'filter' || others.includes(word)) return word
  return schemaOf(snakeCase(word)) ? `filter[${word}]` : undefined
}

/**
 * The filter as JSON. Its keys are parameters: `filter[status]=active`, `filter[ids][]=…` once for
 * each item, `filter[donation_amount_range][min]=5`. Or one parameter has all of it: `filter={…}`.
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
        `'${parameter}' is given twice, or in two ways. ` +
          'A list is filter[key]=a,b or filter[key][]=a&filter[key][]=b.',
      )
    }
  }
  if (whole.length > 1) refuse('filter', "'filter' is given twice.")
  return whole[0] ?? (root.size === 0 ? undefined : jsonOf(root))
}

/**
 * Adds a value at its keys. An empty last key adds it to a list.
 *
 * @returns whether the keys had no value before
 */
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
