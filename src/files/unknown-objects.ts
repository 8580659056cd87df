import { sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles, sweepProgress } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import { databaseTime } from '../db/stored-time.ts'
import { logError } from '../log.ts'
import { isFree } from './file-claims.ts'
import { nameOfKey, OBJECT_PREFIX } from './file-records.ts'

/** R2 lists up to 1,000 objects at a time. After so many pages the next sweep goes on. */
const MOST_PAGES = 50

/** The one row of its table. */
const PROGRESS = 1

/**
 * Looks through R2 for objects that are no kept files: of which nothing is on record, or another version. A production that
 * was cut off leaves such, and a database that was set back to an earlier day. They go on record as discarded, to be removed
 * as such. A file that is just being made, or was made since this began, is not touched.
 *
 * @returns how many there were
 */
export async function discardUnknownObjects(database: Database, bucket: R2Bucket): Promise<number> {
  const [[began], [progress]] = await database.batch([
    database.select({ at: sql<string>`${databaseTime()}` }).from(sql`(select 1)`),
    database.select({ afterKey: sweepProgress.afterKey }).from(sweepProgress),
  ])
  if (!began) throw new Error('The database did not tell the time.')
  let afterKey = progress?.afterKey ?? ''
  let unknown = 0
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await listObjects(bucket, afterKey)
    if (!listed) break
    const { objects, truncated } = listed
    afterKey = truncated ? (objects.at(-1)?.key ?? '') : ''
    const [discarded] = await database.batch([
      discardUnknown(database, objects, began.at),
      noteProgress(database, afterKey),
    ])
    unknown += discarded.length
    if (afterKey === '') break
  }
  return unknown
}

async function listObjects(bucket: R2Bucket, afterKey: string): Promise<R2Objects | undefined> {
  try {
    return await bucket.list({
      prefix: OBJECT_PREFIX,
      ...(afterKey !== '' && { startAfter: afterKey }),
    })
  } catch (error) {
    logError('objects_not_listed', error)
    return undefined
  }
}

function discardUnknown(database: Database, objects: readonly R2Object[], began: string) {
  const listed = objects.flatMap(({ key, version }) => {
    const name = nameOfKey(key)
    return name ? { ...name, version } : []
  })
  return database
    .insert(exportFiles)
    .select(
      sql`select ${selectedRow(exportFiles, {
        exportLogId: sql`value ->> 'exportLogId'`,
        variant: sql`value ->> 'variant'`,
        version: sql`value ->> 'version'`,
        discarded: true,
      })} from json_each(${JSON.stringify(listed)}) where true`,
    )
    .onConflictDoUpdate({
      target: [exportFiles.exportLogId, exportFiles.variant],
      set: { discarded: true },
      setWhere: sql`${isFree} and ${exportFiles.discarded} = 0 and ${exportFiles.version} is not excluded.version
        and coalesce(${exportFiles.producedAt}, '') < ${began}`,
    })
    .returning({ variant: exportFiles.variant })
}

const noteProgress = (database: Database, afterKey: string) =>
  database
    .insert(sweepProgress)
    .values({ id: PROGRESS, afterKey })
    .onConflictDoUpdate({ target: sweepProgress.id, set: { afterKey } })
