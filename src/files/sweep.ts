import { eq, lte, or } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { logEvent } from '../log.ts'
import { abortUploads } from './abandoned-uploads.ts'
import { forgetDeadProductions } from './productions.ts'
import { removeFiles } from './remove-files.ts'
import { discardUnknownObjects } from './unknown-objects.ts'

const DAY_SECONDS = 86_400

/** A production takes minutes at most: what it has begun so long ago, it will not end. */
const ABANDONED_SECONDS = 3600

/**
 * The daily sweep. It removes files made longer ago than they are kept, what an unfinished deletion has left, and objects
 * that are no kept files; it aborts the uploads of productions that were cut off. Logs stay: a file that is asked for later
 * is made anew. It works in batches, a fault at one file does not stop the others, and what is left is for the next day.
 * What it did stands in the log.
 */
export async function sweep(
  database: Database,
  bucket: R2Bucket,
  retentionDays: number,
): Promise<void> {
  await database.retried(() => forgetDeadProductions(database))
  const uploads = await abortUploads(database, bucket, ABANDONED_SECONDS)
  const unknown_objects = await discardUnknownObjects(database, bucket)
  const due = or(
    eq(exportFiles.discarded, true),
    lte(exportFiles.producedAt, databaseTime(retentionDays * DAY_SECONDS)),
    lte(exportFiles.claimedAt, databaseTime(ABANDONED_SECONDS)),
  )
  const { removed, left } = await removeFiles(database, bucket, due)
  logEvent('sweep', { ...uploads, unknown_objects, files_removed: removed, files_left: left })
}
