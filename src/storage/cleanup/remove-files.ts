import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { isFree, releaseClaim } from '../file-claims.ts'
import { OBJECT_PREFIX, objectKey, type FileName } from '../object-key.ts'
import { batchBudget } from './batch-budget.ts'
import { removeObjects } from './remove-objects.ts'

/** How many files are removed in a batch. R2 deletes up to 1,000 objects in a call. */
const BATCH_FILES = 500

/**
 * How many calls to R2 a removal may make: one for each batch, and more to find an object that
 * cannot be removed.
 */
const MAXIMUM_CALLS = 200

/**
 * The condition that a file must no longer be served and must be removed. A literal, so that the
 * partial index is used.
 */
export const isDiscarded = sql`${exportFiles.discarded} = 1`

/** How many files were removed, and how many R2 did not remove. */
export type Removal = { readonly removed: number; readonly left: number }

/**
 * Removes discarded files from R2 and then their records, in as many batches as a run may do. Files
 * that R2 does not remove stay discarded. A file that is being made is not touched.
 *
 * @param exportLogId the log whose files are removed; all logs without it
 */
export async function removeFiles(
  database: Database,
  bucket: R2Bucket,
  exportLogId?: string,
): Promise<Removal> {
  const removal = { removed: 0, left: 0 }
  const calls = { left: MAXIMUM_CALLS }
  const mayContinue = batchBudget()
  let after: FileName | undefined
  for (;;) {
    const claim = crypto.randomUUID()
    const names = await claimDiscardedFiles(database, claim, exportLogId, after)
    if (names.length === 0) break
    const left = await removeObjects(bucket, names.map(objectKey), calls)
    await deleteRecords(database, claim, left)
    removal.removed += names.length - left.length
    removal.left += left.length
    after = names.at(-1)
    if (names.length < BATCH_FILES || left.length === names.length) break
    if (calls.left === 0 || !(await mayContinue())) break
  }
  return removal
}

/** Deletes the records of the claimed files, except for those whose objects are left. */
async function deleteRecords(
  database: Database,
  claim: string,
  left: readonly string[],
): Promise<void> {
  const isLeft = sql`${keyOfFile} in (select value from json_each(${JSON.stringify(left)}))`
  await database.retry(() =>
    database.batch([
      releaseClaim(database, claim, isLeft),
      database.delete(exportFiles).where(eq(exportFiles.claim, claim)),
    ]),
  )
}

const keyOfFile = sql<string>`${OBJECT_PREFIX} || ${exportFiles.exportLogId}
  || '.' || ${exportFiles.variant}`

async function claimDiscardedFiles(
  database: Database,
  claim: string,
  exportLogId: string | undefined,
  after: FileName | undefined,
): Promise<readonly FileName[]> {
  const name = sql`(${exportFiles.exportLogId}, ${exportFiles.variant})`
  const discardedNames = database
    .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
    .from(exportFiles)
    .where(
      and(
        isDiscarded,
        // A retry claims the files of the earlier attempt again, and no others.
        sql`(${isFree} or ${exportFiles.claim} = ${claim})`,
        exportLogId === undefined ? undefined : eq(exportFiles.exportLogId, exportLogId),
        after && sql`${name} > (${after.exportLogId}, ${after.variant})`,
      ),
    )
    .orderBy(asc(exportFiles.exportLogId), asc(exportFiles.variant))
    .limit(BATCH_FILES)
  const [, names] = await database.retry(() =>
    database.batch([
      database
        .update(exportFiles)
        .set({ claim, claimedAt: databaseTime() })
        .where(sql`${name} in ${discardedNames}`),
      database
        .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
        .from(exportFiles)
        .where(eq(exportFiles.claim, claim))
        .orderBy(asc(exportFiles.exportLogId), asc(exportFiles.variant)),
    ]),
  )
  return names
}
