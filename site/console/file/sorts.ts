/** The service's own list of orders, set when the site is built. */
declare const SORTS: readonly string[]

export const sorts = SORTS
