import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

type Interval = readonly [first: number, last: number]

/**
 * SQL for whether a stored number differs from one of the values by at most `tolerance`. The
 * intervals around the values are disjoint and found by binary search, so that many values cost
 * little more than one.
 */
export const isNearAny = (number: SQLWrapper, values: readonly number[], tolerance: number): SQL =>
  isInOneOf(number, intervalsAround(values, tolerance))

/** In ascending order; intervals that overlap are one. */
function intervalsAround(values: readonly number[], tolerance: number): readonly Interval[] {
  const intervals: Interval[] = []
  for (const value of values.toSorted((a, b) => a - b)) {
    const [first, last] = intervals.at(-1) ?? []
    if (first !== undefined && last !== undefined && value - tolerance <= last) {
      intervals[intervals.length - 1] = [first, value + tolerance]
    } else intervals.push([value - tolerance, value + tolerance])
  }
  return intervals
}

function isInOneOf(number: SQLWrapper, intervals: readonly Interval[]): SQL {
  const middle = Math.ceil(intervals.length / 2)
  const [first, last] = intervals[middle - 1] ?? []
  if (first === undefined || last === undefined) return sql`false`
  if (intervals.length === 1) {
    return sql`${number} between ${literal(first)} and ${literal(last)}`
  }
  return sql`case when ${number} <= ${literal(last)}
    then ${isInOneOf(number, intervals.slice(0, middle))}
    else ${isInOneOf(number, intervals.slice(middle))} end`
}

/** A number as SQL writes it: only 100 values can be bound. */
const literal = (number: number): SQL =>
  sql.raw(String(Math.min(Math.max(number, -Number.MAX_VALUE), Number.MAX_VALUE)))
