import { and, eq, lte, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { isAmong } from '../../db/in-list.ts'
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
  inBatches(
    () =>
      database
        .select({ id: syncRuns.id })
        .from(syncRuns)
        .where(lte(syncRuns.startedAt, databaseTime(RUN_DAYS * DAY_SECONDS)))
        .limit(BATCH_ROWS),
    (runs) =>
      database.retry(() =>
        database.delete(syncRuns).where(
          isAmong(
            syncRuns.id,
            runs.map(({ id }) => id),
          ),
        ),
      ),
  )

/** Deletes old tombstones. @returns how many in this run of the sweep */
export async function forgetExpiredTombstones(database: Database): Promise<number> {
  const { id, accountListId, deletedAt } = deletedRecords
  let forgotten = 0
  for (const type of TOMBSTONE_TYPES) {
    forgotten += await inBatches(
      () =>
        database
          .select({ id, accountListId })
          .from(deletedRecords)
          .where(
            and(
              eq(deletedRecords.type, type),
              lte(deletedAt, databaseTime(TOMBSTONE_DAYS * DAY_SECONDS)),
            ),
          )
          .limit(BATCH_ROWS),
      (tombstones) => {
        const keys = JSON.stringify(tombstones.map((one) => [one.id, one.accountListId]))
        return database.retry(() =>
          database.delete(deletedRecords).where(
            and(
              eq(deletedRecords.type, type),
              sql`(${id}, ${accountListId}) in (
                select value ->> 0, value ->> 1 from json_each(${keys}))`,
            ),
          ),
        )
      },
    )
  }
  return forgotten
}

/** Deletes batch by batch, as many as a run of the sweep may do. */
async function inBatches<Row>(
  select: () => PromiseLike<readonly Row[]>,
  remove: (rows: readonly Row[]) => PromiseLike<unknown>,
): Promise<number> {
  const mayContinue = batchBudget()
  let deleted = 0
  for (;;) {
    const rows = await select()
    if (rows.length > 0) await remove(rows)
    deleted += rows.length
    if (rows.length < BATCH_ROWS || !(await mayContinue())) return deleted
  }
}
