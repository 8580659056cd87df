import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import {
  accountLists,
  accountListUsers,
  deletedExportLogs,
  exportLogs,
} from '../db/schema/index.ts'
import { filesOfLog, type FilesOfLog } from '../files/file-records.ts'

/** The row of a log. */
export type ExportLogRow = typeof exportLogs.$inferSelect

/** A log, and what it tells its user of its kept files. */
export type ExportLog = ExportLogRow & { readonly files: FilesOfLog }

/** The query for logs, of which `where` says which, as they are shown to a user. */
const selectExportLogs = (database: Database, userId: string) =>
  database.select({ ...getTableColumns(exportLogs), files: filesOfLog(userId) }).from(exportLogs)

/** The query for a log. */
export const exportLogById = (database: Database, id: string, userId: string) =>
  selectExportLogs(database, userId).where(eq(exportLogs.id, id))

/** The query for the account lists that a user may read. */
export const readableAccountLists = (database: Database, userId: string) =>
  database
    .select({ id: accountListUsers.accountListId })
    .from(accountListUsers)
    .where(eq(accountListUsers.userId, userId))

/** The same with their names, in the order of these. */
export const namedAccountLists = (database: Database, userId: string) =>
  database
    .select({ id: accountLists.id, name: accountLists.name })
    .from(accountListUsers)
    .innerJoin(accountLists, eq(accountLists.id, accountListUsers.accountListId))
    .where(eq(accountListUsers.userId, userId))
    .orderBy(asc(accountLists.name), asc(accountLists.id))

export type NamedAccountList = Awaited<ReturnType<typeof namedAccountLists>>[number]

/** The query for whether an id is taken: by a log, or by one that was deleted. It gives a row when it is. */
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
 * The query that adds a log: unless its id is or was another's, or `allowed` says no, or an account list that its filter
 * names may not be read by its user. One statement, so that access is decided where the row is written.
 *
 * @returns the row, or none where it was not added
 */
export const insertExportLog = (
  database: Database,
  log: ExportLogRow,
  allowed: boolean,
  accountListIds: readonly string[],
) =>
  database
    .insert(exportLogs)
    .select(
      sql`select ${log.id}, ${log.type}, ${log.params}, ${log.userId}, ${log.exportAt}, ${log.createdAt},
        ${log.updatedAt}, ${log.updatedInDbAt}
      where ${allowed ? 1 : 0}
      and not exists (select 1 from ${deletedExportLogs} where ${deletedExportLogs.id} = ${log.id})
      and not exists (
        select 1 from json_each(${JSON.stringify(accountListIds)}) where value not in (
          select ${accountListUsers.accountListId} from ${accountListUsers}
          where ${accountListUsers.userId} = ${log.userId}))`,
    )
    .onConflictDoNothing()
    .returning()
