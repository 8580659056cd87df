import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles, sweepProgress } from '../../db/schema/index.ts'
import { selectedRow } from '../../db/selected-row.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { logError } from '../../log.ts'
import { isFree } from '../file-claims.ts'
import { nameOfKey, OBJECT_PREFIX } from '../file-records.ts'
import { pacer } from './pacer.ts'

/** The one row of its table. */
const PROGRESS = 1

type Scan = {
  /** How many unknown objects were found. */
  readonly unknown_objects: number
  /** Whether all objects have been looked at today. */
  readonly scan_complete: boolean
}

/**
 * Looks through R2 for objects that are no kept files: of which nothing is on record, or another version. A production that
 * was cut off leaves such, and a database that was set back to an earlier day. They go on record as discarded, to be removed
 * as such. A file that is just being made, or was made since this began, is not touched.
 *
 * R2 lists up to 1,000 objects at a time, and what this looks at in one run is bounded: the next run goes on after it. Once
 * all objects have been looked at on a day, further runs of this day look at one page each.
 *
 * @param again looks at all of them again, though that was done today
 */
export async function discardUnknownObjects(
  database: Database,
  bucket: R2Bucket,
  again = false,
): Promise<Scan> {
  const [[began], [progress]] = await database.batch([
    database.select({ at: sql<string>`${databaseTime()}` }).from(sql`(select 1)`),
    database.select().from(sweepProgress),
  ])
  if (!began) throw new Error('The database did not tell the time.')
  const today = began.at.slice(0, 10)
  const mayGoOn = pacer()
  let afterKey = progress?.afterKey ?? ''
  let completedOn = progress?.completedOn ?? null
  const isOnePage = completedOn === today && !again
  /** Objects before the first page are looked at after the last one. */
  let hasOthers = again && afterKey !== ''
  let unknown_objects = 0
  for (;;) {
    const listed = await listObjects(bucket, afterKey)
    if (!listed) break
    const { objects, truncated } = listed
    afterKey = truncated ? (objects.at(-1)?.key ?? '') : ''
    if (afterKey === '') completedOn = today
    const [discarded] = await database.batch([
      discardUnknown(database, objects, began.at),
      noteProgress(database, { afterKey, completedOn }),
    ])
    unknown_objects += discarded.length
    if (isOnePage || (afterKey === '' && !hasOthers) || !(await mayGoOn())) break
    if (afterKey === '') hasOthers = false
  }
  return { unknown_objects, scan_complete: completedOn === today }
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

const noteProgress = (
  database: Database,
  progress: { readonly afterKey: string; readonly completedOn: string | null },
) =>
  database
    .insert(sweepProgress)
    .values({ id: PROGRESS, ...progress })
    .onConflictDoUpdate({ target: sweepProgress.id, set: progress })
