import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportLogs } from '../db/schema/index.ts'
import { conflict } from '../http/errors.ts'
import { exportLogById, exportLogRow, type ExportLog } from './export-log.ts'
import { ownLog } from './own-log.ts'

const UNREADABLE = 'The params of this log are no JSON object, so that it cannot have a name.'

/**
 * Gives a user's log a name, which is the member `name` of its params, or takes it away.
 *
 * @param name `null` for none
 * @param at the time of the database's row, `2022-01-12T17:18:07Z`
 * @returns the log as it is then
 * @throws HttpError 404 when there is no such log, 403 when it is another user's, 409 when its
 *   params, of another program, are no JSON object
 */
export async function renameLog(
  database: Database,
  { id, userId, at }: { readonly id: string; readonly userId: string; readonly at: string },
  name: string | null,
): Promise<ExportLog> {
  const [found] = await exportLogRow(database, id)
  ownLog(found, id, userId)
  const [renamed, [log]] = await database.retry(() =>
    database.batch([
      database
        .update(exportLogs)
        .set({ params: withName(name), updatedAt: at, updatedInDbAt: at })
        .where(and(eq(exportLogs.id, id), eq(exportLogs.userId, userId), hasObject))
        .returning({ id: exportLogs.id }),
      exportLogById(database, id, userId),
    ]),
  )
  const own = ownLog(log, id, userId)
  if (renamed.length === 0) throw conflict({ detail: UNREADABLE })
  return own
}

const params = sql`coalesce(nullif(${exportLogs.params}, ''), '{}')`

const hasObject = sql`case when json_valid(${params}) then json_type(${params}) = 'object' else 0 end`

const withName = (name: string | null): SQL =>
  name === null
    ? sql`json_remove(${params}, '$.name')`
    : sql`json_set(${params}, '$.name', ${name})`
