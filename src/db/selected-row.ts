import { Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/** The source of each column of a new row: an expression, a column of another table, or a value. */
type Fields<Table extends SQLiteTable> = {
  readonly [Name in keyof Table['$inferInsert']]: SQL | Column | Table['$inferInsert'][Name]
}

/**
 * The result columns of an `INSERT … SELECT` into a table, by name:
 * `insert(table).select(sql`select ${selectedRow(table, {…})} from …`)`. drizzle names every column
 * of the table in the statement, in the order of the table. Its own query builder throws at run
 * time when a column is missing or in another place, which its types do not show. Here the order is
 * the table's, an omitted column gets its default, and an omitted column without one is a type
 * error.
 */
export function selectedRow<Table extends SQLiteTable>(table: Table, given: Fields<Table>): SQL {
  const fields = new Map<string, unknown>(Object.entries(given))
  return sql.join(
    Object.entries(getTableColumns(table)).map(([name, column]) => {
      const field = fields.get(name) ?? column.default ?? null
      return is(field, SQL) || is(field, Column) ? field : sql.param(field, column)
    }),
    sql`, `,
  )
}
