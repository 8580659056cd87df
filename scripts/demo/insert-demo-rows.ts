import { getTableColumns } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { demoRows } from './demo-data.ts'
import { demoTables } from './demo-rows.ts'

const BOUND_VALUES = 100

/** Inserts the demo data: all of it, or nothing. */
export async function insertDemoRows(binding: D1Database): Promise<void> {
  const database = drizzle(binding)
  const rowsOf = new Map<string, readonly Record<string, unknown>[]>(Object.entries(demoRows()))
  const [first, ...others] = Object.entries(demoTables).flatMap(([name, table]) =>
    insertsOf(database, table, rowsOf.get(name) ?? []),
  )
  if (first) await database.batch([first, ...others])
}

/** As many rows in a statement as bound values allow. */
function insertsOf(
  database: DrizzleD1Database,
  table: SQLiteTable,
  rows: readonly Record<string, unknown>[],
): BatchItem<'sqlite'>[] {
  const size = Math.floor(BOUND_VALUES / Object.keys(getTableColumns(table)).length)
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    database.insert(table).values(rows.slice(index * size, (index + 1) * size)),
  )
}
