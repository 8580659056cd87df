import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/**
 * Whether a value is in a list. The list is one bound value of distinct items, because D1 takes 100
 * bound values, and SQLite reads it once for a statement. The plus keeps an index from being
 * searched for each item in turn, which would cost items × rows.
 */
export const inList = (value: SQLWrapper, items: readonly (string | number)[]): SQL =>
  sql`+${value} in ${eachOf(items)}`

/** The same where an index may be searched for each of the items, which say what is read. */
export const isAmong = (value: SQLWrapper, items: readonly string[]): SQL =>
  sql`${value} in ${eachOf(items)}`

const eachOf = (items: readonly (string | number)[]): SQL =>
  sql`(select value from json_each(${JSON.stringify([...new Set(items)])}))`
