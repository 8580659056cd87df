import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { deletedExportLogs, exportFiles, exportLogs } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import { databaseTime } from '../db/stored-time.ts'
import { isDiscarded, removeFiles } from '../storage/cleanup/remove-files.ts'
import { ownLog } from './access.ts'
import { exportLogRow } from './export-log-queries.ts'

/**
 * Deletes a user's log and its files. The log goes first, and with it, by a trigger, every right to its files: from then on
 * nobody sees it, nobody is given a file of it, and a file that is just being made is not kept; its id stays taken. Then the
 * files are removed from R2. That is a matter of ours: where R2 fails, the log is as good as deleted for its user, and what
 * is left goes when the deletion is asked for again, or with the sweep.
 *
 * @throws HttpError 404 when there is no such log, or it was deleted before and nothing of it is left; 403 when it is
 *   somebody else's
 */
export async function deleteExportLog(
  database: Database,
  bucket: R2Bucket,
  id: string,
  userId: string,
): Promise<void> {
  const ownId = and(eq(exportLogs.id, id), eq(exportLogs.userId, userId))
  const [[found], , , left] = await database.batch([
    exportLogRow(database, id),
    database
      .insert(deletedExportLogs)
      .select(
        sql`select ${selectedRow(deletedExportLogs, {
          id: exportLogs.id,
          userId: exportLogs.userId,
          deletedAt: databaseTime(),
        })} from ${exportLogs} where ${ownId}`,
      )
      .onConflictDoUpdate({
        target: deletedExportLogs.id,
        set: { userId, deletedAt: databaseTime() },
      }),
    database.delete(exportLogs).where(ownId),
    database
      .select({ variant: exportFiles.variant })
      .from(exportFiles)
      .innerJoin(deletedExportLogs, eq(deletedExportLogs.id, exportFiles.exportLogId))
      .where(
        and(isDiscarded, eq(exportFiles.exportLogId, id), eq(deletedExportLogs.userId, userId)),
      ),
  ])
  if (left.length === 0) ownLog(found, id, userId)
  else await removeFiles(database, bucket, id)
}
