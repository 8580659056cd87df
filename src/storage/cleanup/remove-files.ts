import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { logError } from '../../log.ts'
import { isFree, releaseClaim } from '../file-claims.ts'
import { objectKey, type FileName } from '../file-records.ts'
import { pacer } from './pacer.ts'

/** How many files go at once; R2 deletes up to 1,000 objects in a call. */
const BATCH_FILES = 500

/** After how many faults in a batch no more is tried. */
const MOST_FAULTS = 10

/** How many calls of R2 a removal may make: one for a batch, and more to find out which object is at fault. */
const MOST_CALLS = 200

/** That a file may not be given out any more and must go. A literal, so that the partial index serves it. */
export const isDiscarded = sql`${exportFiles.discarded} = 1`

/** How many files went, and how many R2 did not remove. */
export type Removal = { readonly removed: number; readonly left: number }

/**
 * Removes discarded files from R2, and then what is known of them, in batches, as many as one run may do. Those that R2 does
 * not remove stay discarded. A file that is just being made is not touched.
 *
 * @param exportLogId of which log; without it, of all
 */
export async function removeFiles(
  database: Database,
  bucket: R2Bucket,
  exportLogId?: string,
): Promise<Removal> {
  const removal = { removed: 0, left: 0 }
  const calls = { left: MOST_CALLS }
  const mayGoOn = pacer()
  let after: FileName | undefined
  for (;;) {
    const claim = crypto.randomUUID()
    const names = await claimDiscardedFiles(database, claim, exportLogId, after)
    if (names.length === 0) break
    const left = await removeObjects(bucket, names.map(objectKey), calls)
    await forgetRemoved(database, claim, left)
    removal.removed += names.length - left.length
    removal.left += left.length
    after = names.at(-1)
    if (names.length < BATCH_FILES || left.length === names.length) break
    if (calls.left === 0 || !(await mayGoOn())) break
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
        isFree,
        exportLogId === undefined ? undefined : eq(exportFiles.exportLogId, exportLogId),
        after && sql`${name} > (${after.exportLogId}, ${after.variant})`,
      ),
    )
    .orderBy(asc(exportFiles.exportLogId), asc(exportFiles.variant))
    .limit(BATCH_FILES)
  const [, names] = await database.batch([
    database
      .update(exportFiles)
      .set({ claim, claimedAt: databaseTime() })
      .where(sql`${name} in ${discardedNames}`),
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
 * the rest is left alone.
 *
 * @param calls how many calls of R2 are left; this counts them down
 * @returns the keys of those that are left
 */
async function removeObjects(
  bucket: R2Bucket,
  keys: readonly string[],
  calls: { left: number },
): Promise<readonly string[]> {
  const left: string[] = []
  const pending = [keys]
  for (let some = pending.pop(); some; some = pending.pop()) {
    if (left.length >= MOST_FAULTS || calls.left === 0) {
      left.push(...some)
      continue
    }
    calls.left -= 1
    try {
      await bucket.delete([...some])
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
