import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { deletedExportLogs, exportLogs } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import { databaseTime } from '../db/stored-time.ts'

/** The query that reserves the ids of logs that are about to be deleted. It can be run twice. */
export const reserveLogIds = (database: Database, isDeleted: SQL | undefined) =>
  database
    .insert(deletedExportLogs)
    .select(
      sql`select ${selectedRow(deletedExportLogs, {
        id: exportLogs.id,
        userId: exportLogs.userId,
        deletedAt: databaseTime(),
      })} from ${exportLogs} where ${isDeleted}`,
    )
    .onConflictDoUpdate({
      target: deletedExportLogs.id,
      set: { userId: sql`excluded.user_id`, deletedAt: sql`excluded.deleted_at` },
    })
