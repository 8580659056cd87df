import { sql, type SQL } from 'drizzle-orm'

/** The most terms of a compound SELECT of D1. */
const MOST_TERMS = 5

/**
 * The rows of all terms, as one statement. Terms beyond the limit of D1 are put into subqueries,
 * which have a limit of their own.
 *
 * @returns undefined without terms
 */
export function unionAll(terms: readonly SQL[]): SQL | undefined {
  if (terms.length <= MOST_TERMS) {
    return terms.length === 0 ? undefined : sql.join([...terms], sql` union all `)
  }
  const size = Math.ceil(terms.length / MOST_TERMS)
  const groups: SQL[] = []
  for (let start = 0; start < terms.length; start += size) {
    groups.push(sql`select * from (${unionAll(terms.slice(start, start + size))})`)
  }
  return unionAll(groups)
}
