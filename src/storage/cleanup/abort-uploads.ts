import { count, inArray, lte, or, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportUploads } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { objectKey } from '../object-key.ts'
import { abortUpload } from '../upload.ts'

/** How many are aborted in a run. Their ids are bound in one statement, which takes 100 values. */
const MAXIMUM_UPLOADS = 90

/**
 * After so many faults the other uploads wait for the next run. Each may have been retried for
 * seconds.
 */
const MAXIMUM_FAULTS = 10

/** R2 itself aborts an upload after seven days, so a record that is older is obsolete. */
const UPLOAD_SECONDS = 8 * 86_400

export type AbortedUploads = { readonly uploads_aborted: number; readonly uploads_left: number }

/**
 * Aborts the uploads that were recorded before a time. The record of an upload that R2 does not
 * abort stays.
 */
export async function abortUploads(
  database: Database,
  bucket: R2Bucket,
  secondsAgo: number,
): Promise<AbortedUploads> {
  const uploads = await database
    .select()
    .from(exportUploads)
    .where(notedBefore(secondsAgo))
    // A random order, so that uploads that cannot be aborted do not block the others.
    .orderBy(sql`random()`)
    .limit(MAXIMUM_UPLOADS)
  const aborted: string[] = []
  let faults = 0
  for (const { uploadId, ...name } of uploads) {
    const multipart = bucket.resumeMultipartUpload(objectKey(name), uploadId)
    if (await abortUpload(multipart)) aborted.push(uploadId)
    else faults += 1
    if (faults === MAXIMUM_FAULTS) break
  }
  const [, [rest]] = await database.retry(() =>
    database.batch([
      database
        .delete(exportUploads)
        .where(or(inArray(exportUploads.uploadId, aborted), notedBefore(UPLOAD_SECONDS))),
      database
        .select({ left: count().as('left') })
        .from(exportUploads)
        .where(notedBefore(secondsAgo)),
    ]),
  )
  return { uploads_aborted: aborted.length, uploads_left: rest?.left ?? 0 }
}

const notedBefore = (secondsAgo: number) => lte(exportUploads.notedAt, databaseTime(secondsAgo))
