import { sql, type SQL } from 'drizzle-orm'
import { check, integer, text, type CheckBuilder, type SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The moment of the insert, in the form that every time in this database has. */
export const now = sql`(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`

export const id = () => text('id').primaryKey()

/** A flag, 0 or 1: `true` only where the table says that a row starts so. */
export const flag = (name: string, initially = false) =>
  integer(name, { mode: 'boolean' }).notNull().default(initially)

export const createdAt = () => text('created_at').notNull().default(now)
export const updatedAt = () => text('updated_at').notNull().default(now)
export const updatedInDatabaseAt = () => text('updated_in_db_at').notNull().default(now)

/** Each column holds 0, 1 or NULL. */
export const areFlags = (...columns: SQLiteColumn[]) =>
  columns.map((column) => checkOf(column, 'flag', sql`${column} in (0, 1)`))

/**
 * Each column holds a day of the calendar, `2022-01-12`, or NULL. ('+0 days' makes 2 March of 30 February; SQLite knows years
 * with a sign in front, which sorts before the digits.)
 */
export const areDates = (...columns: SQLiteColumn[]) =>
  columns.map((column) =>
    checkOf(column, 'date', sql`${column} is date(${column}, '+0 days') and ${column} >= '0'`),
  )

/** Each column holds a UTC time, `2022-01-12T17:18:07Z`, or NULL. */
export const areTimes = (...columns: SQLiteColumn[]) =>
  columns.map((column) =>
    checkOf(
      column,
      'time',
      sql`${column} is strftime('%Y-%m-%dT%H:%M:%SZ', ${column}, '+0 days') and ${column} >= '0'`,
    ),
  )

const checkOf = (column: SQLiteColumn, kind: string, condition: SQL): CheckBuilder =>
  check(`${column.name}_is_a_${kind}`, condition)
