import { eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportLogs } from '../db/schema/index.ts'
import { filesOfLog, type FilesOfLog } from '../storage/files-of-log.ts'

/** The row of a log. */
export type ExportLogRow = typeof exportLogs.$inferSelect

/** A log with the descriptions of its kept files. */
export type ExportLog = ExportLogRow & { readonly files: FilesOfLog }

/** The query for a log as it is shown to a user. */
export const exportLogById = (database: Database, id: string, userId: string) =>
  database
    .select({ ...getTableColumns(exportLogs), files: filesOfLog(userId) })
    .from(exportLogs)
    .where(eq(exportLogs.id, id))

/**
 * The query for a log without its files, which would cost a check of every account list in them.
 */
export const exportLogRow = (database: Database, id: string) =>
  database.select().from(exportLogs).where(eq(exportLogs.id, id))
