import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { dayOf } from '../values/calendar.ts'
import type { Range } from '../values/range.ts'

/** The times of a column within a range. */
export const timeWithin = (column: SQLWrapper, { first, last }: Range): SQL =>
  between(column, first, last)

/** The days of a column that a range touches. */
export const dateWithin = (column: SQLWrapper, { first, last }: Range): SQL =>
  first !== undefined && last !== undefined && first > last
    ? sql`false`
    : between(column, dayOf(first), dayOf(last))

/** The values of a column from the first to the last, both in. */
function between(column: SQLWrapper, first: string | undefined, last: string | undefined): SQL {
  if (first === undefined) return sql`${column} <= ${last}`
  return last === undefined
    ? sql`${column} >= ${first}`
    : sql`${column} between ${first} and ${last}`
}
