import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable } from 'drizzle-orm/sqlite-core'

/**
 * A table without rows. A statement that inserts a row when something is wrong fails the transaction
 * that it is part of.
 */
export const syncGuard = sqliteTable(
  'sync_guard',
  { foreignRows: integer('foreign_rows').primaryKey() },
  (table) => [check('sync_writes_no_foreign_rows', sql`${table.foreignRows} = 0`)],
)
