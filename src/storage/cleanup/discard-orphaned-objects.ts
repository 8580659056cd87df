import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles, sweepProgress } from '../../db/schema/index.ts'
import { selectedRow } from '../../db/selected-row.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { logError } from '../../log.ts'
import { retry } from '../../retry.ts'
import { isFree } from '../file-claims.ts'
import { OBJECT_PREFIX, parseObjectKey, type FileName } from '../object-key.ts'
import { batchBudget } from './batch-budget.ts'

/** The id of the only row in the table. */
const PROGRESS = 1

type Scan = {
  /** How many orphaned objects were found. */
  readonly orphaned_objects: number
  /** Whether all objects have been checked today. */
  readonly scan_complete: boolean
}

/**
 * Scans R2 for objects without a record, or whose record has another version. They are left by a
 * production that was cut off, or after the database was restored to an earlier time. They are
 * recorded as discarded files, to be removed with those. A file that is being made, or was made
 * since the scan started, is not touched.
 *
 * R2 lists up to 1,000 objects at a time. A run checks a limited number of pages, and the next run
 * continues there. Once all objects have been checked on a day, further runs of that day check one
 * page each.
 *
 * @param again checks all objects, even if that was done today
 */
export async function discardOrphanedObjects(
  database: Database,
  bucket: R2Bucket,
  again = false,
): Promise<Scan> {
  const [[started], [earlier]] = await database.batch([
    database.select({ at: sql<string>`${databaseTime()}` }).from(sql`(select 1)`),
    database.select().from(sweepProgress),
  ])
  if (!started) throw new Error('The database did not return the time.')
  const today = started.at.slice(0, 10)
  const mayContinue = batchBudget()
  let afterKey = earlier?.afterKey ?? ''
  let completedOn = earlier?.completedOn ?? null
  const isOnePage = completedOn === today && !again
  /** Objects before the first page are checked after the last page. */
  let hasOthers = again && afterKey !== ''
  let orphaned_objects = 0
  for (;;) {
    const listed = await listObjects(bucket, afterKey)
    if (!listed) break
    const { objects, truncated } = listed
    afterKey = truncated ? (objects.at(-1)?.key ?? '') : ''
    if (afterKey === '') completedOn = today
    const orphans = await orphansAmong(database, objects, started.at)
    const progress = { afterKey, completedOn }
    await database.retry(() =>
      database.batch([
        saveProgress(database, progress),
        ...(orphans.length > 0 ? [discardObjects(database, orphans, started.at)] : []),
      ]),
    )
    orphaned_objects += orphans.length
    if (isOnePage || (afterKey === '' && !hasOthers) || !(await mayContinue())) break
    if (afterKey === '') hasOthers = false
  }
  return { orphaned_objects, scan_complete: completedOn === today }
}

async function listObjects(bucket: R2Bucket, afterKey: string): Promise<R2Objects | undefined> {
  try {
    return await retry(() =>
      bucket.list({
        prefix: OBJECT_PREFIX,
        ...(afterKey !== '' && { startAfter: afterKey }),
      }),
    )
  } catch (error) {
    logError('objects_not_listed', error)
    return undefined
  }
}

/** An object of R2 under the key of a file. */
type FileObject = FileName & { readonly version: string }

/** Which of the listed objects are not the recorded version of a file. */
async function orphansAmong(
  database: Database,
  objects: readonly R2Object[],
  started: string,
): Promise<readonly FileObject[]> {
  const listed = objects.flatMap(({ key, version }) => {
    const name = parseObjectKey(key)
    return name ? [{ ...name, version }] : []
  })
  const column = (name: keyof FileObject) => sql<string>`listed.value ->> ${name}`.as(name)
  return database
    .select({
      exportLogId: column('exportLogId'),
      variant: column('variant'),
      version: column('version'),
    })
    .from(sql`json_each(${JSON.stringify(listed)}) as listed`)
    .leftJoin(
      exportFiles,
      and(
        eq(exportFiles.exportLogId, sql`listed.value ->> 'exportLogId'`),
        eq(exportFiles.variant, sql`listed.value ->> 'variant'`),
      ),
    )
    .where(or(isNull(exportFiles.variant), isReplaceable(sql`listed.value ->> 'version'`, started)))
}

/**
 * The condition that a recorded file has another version, is not being made, and was not made since
 * the scan started.
 */
const isReplaceable = (version: SQL, started: string) =>
  sql`(${isFree} and ${exportFiles.discarded} = 0 and ${exportFiles.version} is not ${version}
    and coalesce(${exportFiles.producedAt}, '') < ${started})`

/** The query that records objects as discarded files. It can be run twice. */
const discardObjects = (database: Database, objects: readonly FileObject[], started: string) =>
  database
    .insert(exportFiles)
    .select(
      sql`select ${selectedRow(exportFiles, {
        exportLogId: sql`value ->> 'exportLogId'`,
        variant: sql`value ->> 'variant'`,
        version: sql`value ->> 'version'`,
        discarded: true,
      })} from json_each(${JSON.stringify(objects)}) where true`,
    )
    .onConflictDoUpdate({
      target: [exportFiles.exportLogId, exportFiles.variant],
      set: { discarded: true },
      setWhere: isReplaceable(sql`excluded.version`, started),
    })

const saveProgress = (
  database: Database,
  progress: { readonly afterKey: string; readonly completedOn: string | null },
) =>
  database
    .insert(sweepProgress)
    .values({ id: PROGRESS, ...progress })
    .onConflictDoUpdate({ target: sweepProgress.id, set: progress })
