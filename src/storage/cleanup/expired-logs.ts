import { asc, inArray, lte, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { deletedExportLogs, exportLogs } from '../../db/schema/index.ts'
import { selectedRow } from '../../db/selected-row.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { pacer } from './pacer.ts'

const DAY_SECONDS = 86_400

/**
 * How many logs go at once, at first and at most. A log has some hundred bytes or a mebibyte, which D1 takes 30 ms to delete:
 * so a batch is as large as what the one before it took lets one expect to be quick.
 */
const FIRST_LOGS = 8
const MOST_LOGS = 256
const QUICK_MILLISECONDS = 50
const SLOW_MILLISECONDS = 150

/** How long the id of a deleted log stays taken. */
const TAKEN_DAYS = 400

const BATCH_IDS = 1000

/** When a log was made, by the server's clock where it is known: `created_at` is what a client says. */
const madeAt = sql`coalesce(${exportLogs.exportAt}, ${exportLogs.createdAt})`

const expired = (database: Database, before: string | SQL) =>
  database.select({ id: exportLogs.id }).from(exportLogs).where(lte(madeAt, before))

/** The query for logs older than they are kept: a row for each, and none where logs stay. */
export const expiredLogs = (database: Database, days: number | undefined) =>
  expired(database, days === undefined ? sql`null` : databaseTime(days * DAY_SECONDS))

/**
 * Removes logs older than so many days, oldest first, and none without a number. Their ids stay taken like those of deleted logs, and triggers discard
 * their files.
 *
 * @returns how many logs went in this run
 */
export async function removeExpiredLogs(
  database: Database,
  days: number | undefined,
): Promise<number> {
  if (days === undefined) return 0
  const [limit] = await database
    .select({ at: sql<string | null>`${databaseTime(days * DAY_SECONDS)}`.as('at') })
    .from(sql`(select 1)`)
  // SQLite knows no times before the year -4713.
  if (!limit?.at) return 0
  const oldestFirst = expired(database, limit.at).orderBy(madeAt, asc(exportLogs.id))
  const mayGoOn = pacer()
  let removed = 0
  for (let size = FIRST_LOGS; ;) {
    const due = oldestFirst.limit(size)
    const startedAt = Date.now()
    const [, gone] = await database.batch([
      database
        .insert(deletedExportLogs)
        .select(
          sql`select ${selectedRow(deletedExportLogs, {
            id: exportLogs.id,
            userId: exportLogs.userId,
            deletedAt: databaseTime(),
          })} from ${exportLogs} where ${inArray(exportLogs.id, due)}`,
        )
        .onConflictDoUpdate({
          target: deletedExportLogs.id,
          set: { userId: sql`excluded.user_id`, deletedAt: sql`excluded.deleted_at` },
        }),
      database
        .delete(exportLogs)
        .where(inArray(exportLogs.id, due))
        .returning({ id: exportLogs.id }),
    ])
    removed += gone.length
    if (gone.length < size || !(await mayGoOn())) return removed
    size = nextSize(size, Date.now() - startedAt)
  }
}

function nextSize(size: number, milliseconds: number): number {
  if (milliseconds < QUICK_MILLISECONDS) return Math.min(size * 2, MOST_LOGS)
  return milliseconds > SLOW_MILLISECONDS ? Math.max(1, Math.floor(size / 2)) : size
}

/** The query for ids that need not stay taken any longer: a row for each. */
export const expiredIds = (database: Database) =>
  database
    .select({ id: deletedExportLogs.id })
    .from(deletedExportLogs)
    .where(lte(deletedExportLogs.deletedAt, databaseTime(TAKEN_DAYS * DAY_SECONDS)))

/** Forgets ids that were taken long enough. @returns how many in this run */
export async function forgetExpiredIds(database: Database): Promise<number> {
  const mayGoOn = pacer()
  let forgotten = 0
  for (;;) {
    const gone = await database
      .delete(deletedExportLogs)
      .where(inArray(deletedExportLogs.id, expiredIds(database).limit(BATCH_IDS)))
      .returning({ id: deletedExportLogs.id })
    forgotten += gone.length
    if (gone.length < BATCH_IDS || !(await mayGoOn())) return forgotten
  }
}
