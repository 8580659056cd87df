import type { Database } from '../../db/client.ts'
import { logEvent } from '../../log.ts'
import { abortUploads } from './abandoned-uploads.ts'
import { backlog, type Retention } from './backlog.ts'
import { ABANDONED_SECONDS, discardDueFiles } from './due-files.ts'
import { forgetExpiredIds, removeExpiredLogs } from './expired-logs.ts'
import { forgetDeadProductions } from '../productions.ts'
import { removeFiles } from './remove-files.ts'
import { discardUnknownObjects } from './unknown-objects.ts'

/**
 * A run of the sweep. It removes logs and files that are older than they are kept, what an unfinished deletion has left, and
 * objects that are no kept files; it aborts the uploads of productions that were cut off, and forgets the ids of logs that
 * were deleted long ago. A file whose log stays is made anew when it is asked for.
 *
 * A run does a bounded number of batches of each kind of work, with pauses between them, and the next run goes on where it
 * has stopped. All but the scan of R2 finds its work by an index; the scan goes through all objects once a day, and looks
 * at one page of them in every other run. So a run that finds nothing to do costs some twenty queries. A fault at one file
 * does not stop the others. The log tells what was done, and what is left.
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
  await discardDueFiles(database, retention.fileRetentionDays)
  const scan = await discardUnknownObjects(database, bucket)
  const { removed } = await removeFiles(database, bucket)
  const left = await backlog(database, retention)
  logEvent('sweep', {
    logs_removed,
    ids_forgotten,
    files_removed: removed,
    ...left,
    ...scan,
    ...uploads,
  })
}
