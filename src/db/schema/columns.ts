import { sql, type SQL } from 'drizzle-orm'
import { check, integer, text, type CheckBuilder, type SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The time of the insert, in the form of every time in this database. */
export const now = sql`(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))`

export const id = () => text('id').primaryKey()

/** A flag, 0 or 1, with its default. */
export const flag = (name: string, initially = false) =>
  integer(name, { mode: 'boolean' }).notNull().default(initially)

export const createdAt = () => text('created_at').notNull().default(now)
export const updatedAt = () => text('updated_at').notNull().default(now)
export const updatedInDatabaseAt = () => text('updated_in_db_at').notNull().default(now)

/** Each column holds 0, 1 or NULL. */
export const areFlags = (...columns: SQLiteColumn[]) =>
  columns.map((column) => checkOf(column, 'flag', sql`${column} in (0, 1)`))

/**
 * Each column holds a calendar date, `2022-01-12`, or NULL. ('+0 days' turns 30 February into 2
 * March. SQLite also accepts years with a sign, which sorts before the digits.)
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
