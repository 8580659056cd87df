import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { logError } from '../log.ts'
import { isFree, releaseClaim } from './file-claims.ts'
import { objectKey, type FileName } from './file-records.ts'

/** How many files go at once. R2 deletes up to 1,000 objects in a call. */
const BATCH_FILES = 200

export type Removal = {
  readonly removed: number
  /** Those that R2 did not remove: they stay discarded. */
  readonly left: number
  /** The last file of the batch; none when no more are due. */
  readonly last: FileName | undefined
}

/**
 * Removes files from R2, and then what is known of them; one batch, in the order of their names. From its start they are
 * discarded: nobody is given them any more. A file that is just being made is not touched.
 *
 * @param due which files
 * @param after the file after which to begin
 */
export async function removeFiles(
  database: Database,
  bucket: R2Bucket,
  due: SQL | undefined,
  after?: FileName,
): Promise<Removal> {
  const claim = crypto.randomUUID()
  const names = await claimDueFiles(database, claim, due, after)
  if (names.length === 0) return { removed: 0, left: 0, last: undefined }
  const left = await removeObjects(bucket, names.map(objectKey))
  const forget = database.delete(exportFiles).where(eq(exportFiles.claim, claim))
  await (left.length === 0
    ? forget
    : database.batch([releaseClaim(database, claim, inArray(keyOfFile, [...left])), forget]))
  return { removed: names.length - left.length, left: left.length, last: names.at(-1) }
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

/** Removes objects, so that a fault at one does not stop the others. @returns the keys of those that are left */
async function removeObjects(
  bucket: R2Bucket,
  keys: readonly string[],
): Promise<readonly string[]> {
  try {
    await bucket.delete([...keys])
    return []
  } catch (error) {
    const [key] = keys
    if (keys.length === 1) {
      logError('file_not_removed', error, { key })
      return keys
    }
    const half = Math.ceil(keys.length / 2)
    return [
      ...(await removeObjects(bucket, keys.slice(0, half))),
      ...(await removeObjects(bucket, keys.slice(half))),
    ]
  }
}
