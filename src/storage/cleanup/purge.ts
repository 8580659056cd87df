import { count, or, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles, syncRuns } from '../../db/schema/index.ts'
import { failureKeys } from '../failure-parts.ts'
import { abortUploads } from './abort-uploads.ts'
import { isDiscarded, removeFiles } from './remove-files.ts'
import { discardOrphanedObjects } from './discard-orphaned-objects.ts'
import { removeObjects } from './remove-objects.ts'

/** How many calls to R2 the removal of refused lines may make. */
const MAXIMUM_CALLS = 100_000

/**
 * Discards every file with contacts of an account list, and every file that is being made, because
 * its contents are not known yet. From then on none of them is served or kept.
 */
export async function discardFilesOf(database: Database, accountListId: string): Promise<void> {
  const holds = sql`exists (
    select 1 from json_each(${exportFiles.accountListIds}) where value = ${accountListId})`
  await database.retry(() =>
    database
      .update(exportFiles)
      .set({ discarded: true })
      .where(or(sql`${exportFiles.claim} is not null`, holds)),
  )
}

/**
 * Removes the refused lines of every run that might have written an account list.
 *
 * @returns how many objects are left because R2 failed
 */
export async function removeFailuresOf(
  database: Database,
  bucket: R2Bucket,
  accountListId: string,
): Promise<number> {
  const runs = await database
    .select({ id: syncRuns.id, startedAt: syncRuns.startedAt })
    .from(syncRuns)
    .where(
      sql`${syncRuns.accountListIds} is null or ${accountListId} in (
        select value from json_each(${syncRuns.accountListIds}))`,
    )
  const calls = { left: MAXIMUM_CALLS }
  let left = 0
  for (const run of runs) {
    const keys = await failureKeys(bucket, run)
    if (keys.length > 0) left += (await removeObjects(bucket, keys, calls)).length
  }
  return left
}

/**
 * Removes the discarded files, the open uploads, and the orphaned objects.
 *
 * @returns how many files were removed, and how many are left because R2 failed or a production is
 *   not finished
 */
export async function removeDiscardedFiles(
  database: Database,
  bucket: R2Bucket,
): Promise<{ readonly removed: number; readonly left: number }> {
  await abortUploads(database, bucket, 0)
  await discardOrphanedObjects(database, bucket, true)
  const { removed } = await removeFiles(database, bucket)
  const [rest] = await database.select({ left: count() }).from(exportFiles).where(isDiscarded)
  return { removed, left: rest?.left ?? 0 }
}
