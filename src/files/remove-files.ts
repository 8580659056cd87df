import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { logError } from '../log.ts'
import { isFree, releaseClaim } from './file-claims.ts'
import { objectKey, type FileName } from './file-records.ts'

/** How many files go at once; R2 deletes up to 1,000 objects in a call. */
const BATCH_FILES = 500

/**
 * After how many batches the rest is left for another time: an invocation may make 1,000 calls of D1 and R2, and the daily
 * sweep has other things to do as well.
 */
const MOST_BATCHES = 50

/** After how many faults in a batch no more is tried. */
const MOST_FAULTS = 10

/** How many files went, and how many R2 did not remove. */
export type Removal = { readonly removed: number; readonly left: number }

/**
 * Removes files from R2, and then what is known of them, in batches. A batch is discarded first: nobody is given its files
 * any more, and those that R2 does not remove stay discarded. A file that is just being made is not touched.
 *
 * @param due which files
 */
export async function removeFiles(
  database: Database,
  bucket: R2Bucket,
  due: SQL | undefined,
): Promise<Removal> {
  const removal = { removed: 0, left: 0 }
  let after: FileName | undefined
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const claim = crypto.randomUUID()
    const names = await claimDueFiles(database, claim, due, after)
    if (names.length === 0) break
    const left = await removeObjects(bucket, names.map(objectKey))
    await forgetRemoved(database, claim, left)
    removal.removed += names.length - left.length
    removal.left += left.length
    after = names.at(-1)
    if (names.length < BATCH_FILES || left.length === names.length) break
  }
  return removal
}

/** Forgets the files of a claim but for those that are left. */
async function forgetRemoved(
  database: Database,
  claim: string,
  left: readonly string[],
): Promise<void> {
  const forget = database.delete(exportFiles).where(eq(exportFiles.claim, claim))
  if (left.length === 0) await forget
  else
    await database.batch([
      releaseClaim(
        database,
        claim,
        sql`${keyOfFile} in (select value from json_each(${JSON.stringify(left)}))`,
      ),
      forget,
    ])
}

const keyOfFile = sql<string>`'exports/' || ${exportFiles.exportLogId} || '.' || ${exportFiles.variant}`

async function claimDueFiles(
  database: Database,
  claim: string,
  due: SQL | undefined,
  after: FileName | undefined,
): Promise<readonly FileName[]> {
  const name = sql`(${exportFiles.exportLogId}, ${exportFiles.variant})`
  const dueNames = database
    .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
    .from(exportFiles)
    .where(and(isFree, due, after && sql`${name} > (${after.exportLogId}, ${after.variant})`))
    .orderBy(asc(exportFiles.exportLogId), asc(exportFiles.variant))
    .limit(BATCH_FILES)
  const [, names] = await database.batch([
    database
      .update(exportFiles)
      .set({ claim, claimedAt: databaseTime(), discarded: true })
      .where(sql`${name} in ${dueNames}`),
    database
      .select({ exportLogId: exportFiles.exportLogId, variant: exportFiles.variant })
      .from(exportFiles)
      .where(eq(exportFiles.claim, claim))
      .orderBy(asc(exportFiles.exportLogId), asc(exportFiles.variant)),
  ])
  return names
}

/**
 * Removes objects: all at once, failing that in halves, so that a fault at one does not stop the others; after some faults
 * R2 is let be. @returns the keys of those that are left
 */
async function removeObjects(
  bucket: R2Bucket,
  keys: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = []
  const pending = [keys]
  for (let some = pending.pop(); some; some = pending.pop()) {
    try {
      if (left.length < MOST_FAULTS) await bucket.delete([...some])
      else left.push(...some)
    } catch (error) {
      const half = Math.ceil(some.length / 2)
      if (some.length > 1) pending.push(some.slice(half), some.slice(0, half))
      else {
        logError('file_not_removed', error, { key: some[0] })
        left.push(...some)
      }
    }
  }
  return left
}
