import { Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

/**
 * What the columns of a new row are selected from: expressions, columns of other tables, or values.
 */
type Fields<Table extends SQLiteTable> = {
  readonly [Name in keyof Table['$inferInsert']]: SQL | Column | Table['$inferInsert'][Name]
}

/**
 * The result columns of an `INSERT … SELECT` into a table, given by name:
 * ``insert(table).select(sql`select ${selectedRow(table, {…})} from …`)``.
 *
 * drizzle lists all columns in the statement in the order of the table. Its own query builder
 * throws at run time when a selected column is missing or in another position, which its types do
 * not catch. Here the order is the table's, a column that is not given gets its default, and a missing
 * required column is a type error.
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
