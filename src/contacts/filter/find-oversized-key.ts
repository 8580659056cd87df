import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { compileFilter } from './compile.ts'
import type { Filter } from './filter.ts'
import { filterKeyNames } from './keys/keys.ts'

/** What D1 takes in one statement, less what the statement around a condition needs. */
const MOST_BYTES_OF_A_VALUE = 2_000_000
const MOST_BYTES_OF_SQL = 96_000
const MOST_VALUES = 96

/**
 * Finds what makes a filter too large for the database. Values may grow when they are read: `1e300`
 * becomes 301 digits. A filter that passes can be used in every later query.
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @returns the name of the key that is too large; `undefined` as the name when the keys are too
 *   large only together; nothing when the filter is small enough
 */
export function findOversizedKey(
  filter: Filter,
  today: string,
): { readonly name: string | undefined } | undefined {
  if (bytesOf(JSON.stringify(filter.accountListIds ?? [])) > MOST_BYTES_OF_A_VALUE) {
    return { name: 'account_list_id' }
  }
  if (isWithinLimits(filter, today)) return undefined
  const name = filterKeyNames.find(
    (key) =>
      filter.keys[key] !== undefined &&
      !isWithinLimits({ ...filter, keys: { [key]: filter.keys[key] } }, today),
  )
  return { name }
}

function isWithinLimits(filter: Filter, today: string): boolean {
  const condition = compileFilter(filter, today)
  if (!condition) return true
  const { sql, params } = new SQLiteSyncDialect().sqlToQuery(condition)
  return (
    bytesOf(sql) <= MOST_BYTES_OF_SQL &&
    params.length <= MOST_VALUES &&
    params.every((value) => typeof value !== 'string' || bytesOf(value) <= MOST_BYTES_OF_A_VALUE)
  )
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length
