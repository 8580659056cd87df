import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { accountListUsers, deletedExportLogs, exportLogs } from '../db/schema/index.ts'

export type ExportLog = typeof exportLogs.$inferSelect

/** The query for the account lists that a user may read. */
export const readableAccountLists = (database: Database, userId: string) =>
  database
    .select({ id: accountListUsers.accountListId })
    .from(accountListUsers)
    .where(eq(accountListUsers.userId, userId))

/** The query for a log. */
export const exportLogById = (database: Database, id: string) =>
  database.select().from(exportLogs).where(eq(exportLogs.id, id))

/** The query for whether the id of a log is taken: by a log, or by one that was deleted. It gives a row when it is. */
export const takenId = (database: Database, id: string) =>
  database
    .select({ id: exportLogs.id })
    .from(exportLogs)
    .where(eq(exportLogs.id, id))
    .unionAll(
      database
        .select({ id: deletedExportLogs.id })
        .from(deletedExportLogs)
        .where(eq(deletedExportLogs.id, id)),
    )

/**
 * The query that adds a log: unless its id is taken, or `allowed` says no, or an account list that its filter names may not
 * be read by its user. One statement, so that access is decided where the row is written.
 *
 * @returns the row, or none where it was not added
 */
export const insertExportLog = (
  database: Database,
  log: ExportLog,
  allowed: boolean,
  accountListIds: readonly string[],
) =>
  database
    .insert(exportLogs)
    .select(
      sql`select ${log.id}, ${log.type}, ${log.params}, ${log.userId}, ${log.exportAt}, ${log.createdAt},
        ${log.updatedAt}, ${log.updatedInDbAt}
      where ${allowed ? 1 : 0} and not exists (
        select 1 from ${deletedExportLogs} where ${deletedExportLogs.id} = ${log.id}) and not exists (
        select 1 from json_each(${JSON.stringify(accountListIds)}) where value not in (
          select ${accountListUsers.accountListId} from ${accountListUsers}
          where ${accountListUsers.userId} = ${log.userId}))`,
    )
    .onConflictDoNothing()
    .returning()
