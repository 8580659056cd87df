import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { deletedExportLogs, exportFiles, exportLogs } from '../db/schema/index.ts'
import { isDiscarded, removeFiles } from '../storage/cleanup/remove-files.ts'
import { ownLog } from './own-log.ts'
import { exportLogRow } from './export-log.ts'
import { reserveLogIds } from '../storage/reserve-log-ids.ts'

/**
 * Deletes a user's log and its files. The log goes first, and a trigger withdraws every claim to
 * its files with it: from then on the log and its files cannot be requested, a file under way is
 * stopped at its next page and is not kept, and the id stays taken. Then the files are removed from
 * R2. When R2 fails, the log counts as deleted all the same: the files that are left are removed
 * when the deletion is requested again, or by the sweep.
 *
 * The log is looked up before it is deleted, so that the deletion can be retried: a second attempt
 * that finds the work done is not mistaken for a log that was never there.
 *
 * @throws HttpError 404 when there is no such log, or it was deleted before and none of its files
 *   is left; 403 when it is another user's
 */
export async function deleteLog(
  database: Database,
  bucket: R2Bucket,
  id: string,
  userId: string,
): Promise<void> {
  const [[found], filesLeft] = await database.batch([
    exportLogRow(database, id),
    filesOfDeletedLog(database, id, userId),
  ])
  if (filesLeft.length === 0) {
    ownLog(found, id, userId)
    const [, , files] = await database.retry(() => deletion(database, id, userId))
    if (files.length === 0) return
  }
  await removeFiles(database, bucket, id)
}

/**
 * The batch that deletes a log, reserves its id, and returns its files that must be removed. It can
 * be run twice.
 */
function deletion(database: Database, id: string, userId: string) {
  const isOwnLog = and(eq(exportLogs.id, id), eq(exportLogs.userId, userId))
  return database.batch([
    reserveLogIds(database, isOwnLog),
    database.delete(exportLogs).where(isOwnLog),
    filesOfDeletedLog(database, id, userId),
  ])
}

/** The query for the files of a log that the user has deleted. */
const filesOfDeletedLog = (database: Database, id: string, userId: string) =>
  database
    .select({ variant: exportFiles.variant })
    .from(exportFiles)
    .innerJoin(deletedExportLogs, eq(deletedExportLogs.id, exportFiles.exportLogId))
    .where(and(isDiscarded, eq(exportFiles.exportLogId, id), eq(deletedExportLogs.userId, userId)))
