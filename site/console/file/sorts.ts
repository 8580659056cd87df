/** The service's own list of orders, each by all of its names, set when the site is built. */
declare const SORTS: readonly (readonly [name: string, ...others: string[]])[]

export const sorts: readonly string[] = SORTS.map(([name]) => name)

/** The order by its own name, with `-` in front where it is turned round. */
export function sortName(given: string): string {
  const name = given.replace(/^-/, '').trim().toLowerCase()
  const found = SORTS.find((names) => names.includes(name))?.[0] ?? name
  return given.startsWith('-') ? `-${found}` : found
}
