import type { Database } from '../../db/client.ts'
import { logEvent } from '../../log.ts'
import { abortUploads } from './abort-uploads.ts'
import { countBacklog, type Retention } from './count-backlog.ts'
import { ABANDONED_SECONDS, discardExpiredFiles } from './discard-expired-files.ts'
import { forgetExpiredIds } from './forget-expired-ids.ts'
import { forgetExpiredRuns, forgetExpiredTombstones } from './forget-sync-rows.ts'
import { removeExpiredFailures } from './remove-expired-failures.ts'
import { removeExpiredLogs } from './remove-expired-logs.ts'
import { forgetDeadProductions } from '../productions.ts'
import { removeFiles } from './remove-files.ts'
import { discardOrphanedObjects } from './discard-orphaned-objects.ts'

/**
 * Runs the sweep. It removes logs and files past their retention, files left by unfinished
 * deletions, and orphaned objects. It aborts the uploads of productions that were cut off, and
 * frees the ids of logs that were deleted long ago. It removes runs of the sync API, their refused
 * lines, and tombstones past their retention. A file whose log still exists is made again
 * when it is requested.
 *
 * A run does a limited number of batches of each kind of work, with pauses between them, and the
 * next run continues there. All parts except for the scan of R2 find their work by an index. The
 * scan checks all objects once a day, and one page of them in every other run. So a run without
 * work costs some thirty queries. A fault at one file does not block the others. The log says what
 * was done and what is left.
 */
export async function sweep(
  database: Database,
  bucket: R2Bucket,
  retention: Retention,
): Promise<void> {
  await database.retry(() => forgetDeadProductions(database))
  const uploads = await abortUploads(database, bucket, ABANDONED_SECONDS)
  const logs_removed = await removeExpiredLogs(database, retention.logRetentionDays)
  const ids_forgotten = await forgetExpiredIds(database)
  await discardExpiredFiles(database, retention.fileRetentionDays)
  const scan = await discardOrphanedObjects(database, bucket)
  const { removed } = await removeFiles(database, bucket)
  const failures_removed = await removeExpiredFailures(bucket, new Date())
  const runs_forgotten = await forgetExpiredRuns(database)
  const tombstones_forgotten = await forgetExpiredTombstones(database)
  const left = await countBacklog(database, retention)
  logEvent('sweep', {
    logs_removed,
    ids_forgotten,
    files_removed: removed,
    failures_removed,
    runs_forgotten,
    tombstones_forgotten,
    ...left,
    ...scan,
    ...uploads,
  })
}
