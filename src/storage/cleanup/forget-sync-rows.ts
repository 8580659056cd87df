import { and, eq, lte, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { deletedRecords, syncRuns } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { batchBudget } from './batch-budget.ts'
import { RUN_DAYS } from './remove-expired-failures.ts'

const DAY_SECONDS = 86_400

/** How long the tombstone of a deleted row is kept. */
const TOMBSTONE_DAYS = 400

const BATCH_ROWS = 1000

/** The types of tombstones. Each is a range of their index. */
const TOMBSTONE_TYPES = ['contacts', 'donations', 'tasks', 'appeals', 'people']

/** Deletes the records of old runs. @returns how many in this run of the sweep */
export const forgetExpiredRuns = (database: Database): Promise<number> =>
  inBatches(() => {
    const expired = database
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(lte(syncRuns.startedAt, databaseTime(RUN_DAYS * DAY_SECONDS)))
      .limit(BATCH_ROWS)
    return database
      .delete(syncRuns)
      .where(sql`${syncRuns.id} in ${expired}`)
      .returning({ id: syncRuns.id })
  }, database)

/** Deletes old tombstones. @returns how many in this run of the sweep */
export async function forgetExpiredTombstones(database: Database): Promise<number> {
  let forgotten = 0
  for (const type of TOMBSTONE_TYPES) {
    forgotten += await inBatches(() => {
      const { id, accountListId, deletedAt } = deletedRecords
      const expired = database
        .select({ type: deletedRecords.type, id, accountListId })
        .from(deletedRecords)
        .where(
          and(
            eq(deletedRecords.type, type),
            lte(deletedAt, databaseTime(TOMBSTONE_DAYS * DAY_SECONDS)),
          ),
        )
        .limit(BATCH_ROWS)
      return database
        .delete(deletedRecords)
        .where(sql`(${deletedRecords.type}, ${id}, ${accountListId}) in ${expired}`)
        .returning({ id })
    }, database)
  }
  return forgotten
}

/** Deletes batch by batch, as many as a run of the sweep may do. */
async function inBatches(
  deleteBatch: () => PromiseLike<readonly unknown[]>,
  database: Database,
): Promise<number> {
  const mayContinue = batchBudget()
  let deleted = 0
  for (;;) {
    const { length } = await database.retry(deleteBatch)
    deleted += length
    if (length < BATCH_ROWS || !(await mayContinue())) return deleted
  }
}
