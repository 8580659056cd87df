import { and, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { isFree } from '../file-claims.ts'
import { batchBudget } from './batch-budget.ts'

const DAY_SECONDS = 86_400

/** A production takes minutes at most. One that started before this was cut off. */
export const ABANDONED_SECONDS = 3600

const BATCH_FILES = 1000

/** Files past their retention. Flags are literals, so that the partial indexes are used. */
const expired = (days: number): SQL =>
  sql`${exportFiles.discarded} = 0
    and ${exportFiles.producedAt} <= ${databaseTime(days * DAY_SECONDS)}`

/** Files whose production was cut off. */
const abandoned = sql`${exportFiles.discarded} = 0 and ${exportFiles.claim} is not null
  and ${exportFiles.claimedAt} <= ${databaseTime(ABANDONED_SECONDS)}`

const name = sql`(${exportFiles.exportLogId}, ${exportFiles.variant})`

const discardable = (database: Database, condition: SQL) =>
  database
    .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
    .from(exportFiles)
    .where(and(condition, isFree))

/** The query for files that are past their retention and not yet discarded: a row for each. */
export const expiredFiles = (database: Database, days: number) =>
  discardable(database, expired(days))

/**
 * Discards files past their retention and files whose production was cut off: they are no longer
 * served, and are removed from R2 with the other discarded files. A file that is being made is not
 * touched.
 */
export async function discardExpiredFiles(database: Database, days: number): Promise<void> {
  for (const condition of [expired(days), abandoned]) {
    const mayContinue = batchBudget()
    for (;;) {
      const discarded = await database.retry(() =>
        database
          .update(exportFiles)
          .set({ discarded: true })
          .where(sql`${name} in ${discardable(database, condition).limit(BATCH_FILES)}`)
          .returning({ variant: exportFiles.variant }),
      )
      if (discarded.length < BATCH_FILES || !(await mayContinue())) break
    }
  }
}
