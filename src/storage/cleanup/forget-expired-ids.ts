import { lte, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { deletedExportLogs } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { batchBudget } from './batch-budget.ts'

const DAY_SECONDS = 86_400

/** How long the id of a deleted log stays taken. */
const TAKEN_DAYS = 400

const BATCH_IDS = 1000

/** The query for ids of deleted logs that may be used again: a row for each. */
export const expiredIds = (database: Database) =>
  database
    .select({ id: deletedExportLogs.id })
    .from(deletedExportLogs)
    .where(lte(deletedExportLogs.deletedAt, databaseTime(TAKEN_DAYS * DAY_SECONDS)))

/** Deletes the records of ids that may be used again. @returns how many in this run */
export async function forgetExpiredIds(database: Database): Promise<number> {
  const mayContinue = batchBudget()
  let forgotten = 0
  for (;;) {
    const expired = await expiredIds(database).limit(BATCH_IDS)
    const ids = JSON.stringify(expired.map(({ id }) => id))
    if (expired.length > 0) {
      await database.retry(() =>
        database
          .delete(deletedExportLogs)
          .where(sql`${deletedExportLogs.id} in (select value from json_each(${ids}))`),
      )
    }
    forgotten += expired.length
    if (expired.length < BATCH_IDS || !(await mayContinue())) return forgotten
  }
}
