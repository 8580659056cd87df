import { asc, lte, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportLogs } from '../../db/schema/index.ts'
import { databaseTime } from '../../db/stored-time.ts'
import { batchBudget } from './batch-budget.ts'
import { reserveLogIds } from '../reserve-log-ids.ts'

const DAY_SECONDS = 86_400

/**
 * How many logs are removed in a batch, at first and at most. A log has between a hundred bytes and
 * a mebibyte, which D1 takes 30 ms to delete. So the size of a batch depends on how long the
 * previous one took.
 */
const FIRST_LOGS = 8
const MAXIMUM_LOGS = 256
const QUICK_MILLISECONDS = 50
const SLOW_MILLISECONDS = 150

/** When a log was made, by the server's clock if known. `created_at` comes from the client. */
const madeAt = sql`coalesce(${exportLogs.exportAt}, ${exportLogs.createdAt})`

/**
 * The query for logs past their retention: a row for each, and none when logs have no retention.
 */
export const expiredLogs = (database: Database, days: number | undefined) =>
  database
    .select({ id: exportLogs.id })
    .from(exportLogs)
    .where(lte(madeAt, days === undefined ? sql`null` : databaseTime(days * DAY_SECONDS)))

/**
 * Removes logs older than a number of days, oldest first; none without a number. Their ids stay
 * taken, like those of deleted logs, and triggers discard their files.
 *
 * @returns how many logs were removed in this run
 */
export async function removeExpiredLogs(
  database: Database,
  days: number | undefined,
): Promise<number> {
  const expired = expiredLogs(database, days).orderBy(madeAt, asc(exportLogs.id))
  const mayContinue = batchBudget()
  let removed = 0
  for (let size = FIRST_LOGS; ;) {
    const due = await expired.limit(size)
    const startedAt = Date.now()
    if (due.length > 0) await database.retry(() => removal(database, due))
    removed += due.length
    if (due.length < size || !(await mayContinue())) return removed
    size = nextSize(size, Date.now() - startedAt)
  }
}

/** The batch that removes logs and reserves their ids. It can be run twice. */
function removal(database: Database, logs: readonly { readonly id: string }[]) {
  const ids = JSON.stringify(logs.map(({ id }) => id))
  const isRemoved = sql`${exportLogs.id} in (select value from json_each(${ids}))`
  return database.batch([
    reserveLogIds(database, isRemoved),
    database.delete(exportLogs).where(isRemoved),
  ])
}

function nextSize(size: number, milliseconds: number): number {
  if (milliseconds < QUICK_MILLISECONDS) return Math.min(size * 2, MAXIMUM_LOGS)
  return milliseconds > SLOW_MILLISECONDS ? Math.max(1, Math.floor(size / 2)) : size
}
