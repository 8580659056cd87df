import type { SortName } from '../api.ts'

/** The service's own list of orders, each by all of its names, set when the site is built. */
declare const SORTS: readonly (readonly [name: string, ...others: string[]])[]

export const sorts: readonly string[] = SORTS.map(([name]) => name)

/**
 * The order by its own name, with `-` in front where it is turned round.
 *
 * @returns `undefined` for one that there is not
 */
export function sortName(given: string): SortName | undefined {
  const name = given.replace(/^-/, '').trim().toLowerCase()
  const found = SORTS.find((names) => names.includes(name))?.[0]
  const whole = given.startsWith('-') ? `-${found}` : found
  return whole !== undefined && isSort(whole) ? whole : undefined
}

const isSort = (name: string): name is SortName => sorts.includes(name.replace(/^-/, ''))
