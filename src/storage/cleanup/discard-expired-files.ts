import { and, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { isFree } from '../file-claims.ts'
import { batchBudget } from './batch-budget.ts'

const DAY_SECONDS = 86_400

/** A production takes minutes at most: what began so long ago was cut off. */
export const ABANDONED_SECONDS = 3600

const BATCH_FILES = 1000

/** Files that were made longer ago than they are kept. Flags are literals, so that the partial indexes serve them. */
const outdated = (days: number): SQL =>
  sql`${exportFiles.discarded} = 0 and ${exportFiles.producedAt} <= ${databaseTime(days * DAY_SECONDS)}`

/** Files whose production was cut off. */
const abandoned = sql`${exportFiles.discarded} = 0 and ${exportFiles.claim} is not null
  and ${exportFiles.claimedAt} <= ${databaseTime(ABANDONED_SECONDS)}`

const name = sql`(${exportFiles.exportLogId}, ${exportFiles.variant})`

const dueNames = (database: Database, due: SQL) =>
  database
    .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
    .from(exportFiles)
    .where(and(due, isFree))

/** The query for files that are older than they are kept and not discarded yet: a row for each. */
export const expiredFiles = (database: Database, days: number) => dueNames(database, outdated(days))

/**
 * Discards files that are older than they are kept, and those whose production was cut off: they are given out no more, and
 * removed from R2 as discarded files are. A file that is being made at the moment is not touched.
 */
export async function discardExpiredFiles(database: Database, days: number): Promise<void> {
  for (const due of [outdated(days), abandoned]) {
    const mayContinue = batchBudget()
    for (;;) {
      const discarded = await database.retried(() =>
        database
          .update(exportFiles)
          .set({ discarded: true })
          .where(sql`${name} in ${dueNames(database, due).limit(BATCH_FILES)}`)
          .returning({ variant: exportFiles.variant }),
      )
      if (discarded.length < BATCH_FILES || !(await mayContinue())) break
    }
  }
}
