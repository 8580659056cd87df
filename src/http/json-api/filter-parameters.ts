/** The value of a key: a text, a list of texts, or further keys. */
type Branch = string | string[] | Map<string, Branch>

/** A filter may be nested 64 levels deep. */
const KEYS = /^filter((?:\[[^[\]]*\]){1,64})$/

export const KEY_FORM = 'A key of the filter looks like filter[status] or filter[ids][].'

/** Told of each parameter that is invalid, and what would be right. */
export type Refuse = (parameter: string, detail: string) => void

/**
 * The filter as JSON. Its keys are parameters: `filter[status]=active`, `filter[ids][]=…` once for
 * each item, `filter[donation_amount_range][min]=5`. Or one parameter has all of it: `filter={…}`.
 */
export function filterOf(parameters: URLSearchParams, refuse: Refuse): unknown {
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
