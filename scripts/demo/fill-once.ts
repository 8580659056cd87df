import { count, getTableColumns } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { getPlatformProxy } from 'wrangler'
import { accountLists } from '../../src/db/schema/index.ts'
import { demoRows } from './demo-data.ts'
import { demoTables } from './demo-rows.ts'

const BOUND_VALUES = 100

/** Fills the local database with the demo data, unless it holds an account list already. All of it goes in, or nothing. */
export async function fillOnce(): Promise<void> {
  const { env, dispose } = await getPlatformProxy<{ DB: D1Database }>()
  try {
    const database = drizzle(env.DB)
    const [lists] = await database.select({ number: count() }).from(accountLists)
    if (lists?.number) return
    const rows = demoRows()
    const rowsOf = new Map<string, readonly Record<string, unknown>[]>(Object.entries(rows))
    const [first, ...others] = Object.entries(demoTables).flatMap(([name, table]) =>
      insertsOf(database, table, rowsOf.get(name) ?? []),
    )
    if (first) await database.batch([first, ...others])
    console.log(`Filled the local database with ${rows.contacts.length} contacts.`)
  } finally {
    await dispose()
  }
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
