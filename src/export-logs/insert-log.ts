import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { accountListUsers, deletedExportLogs, exportLogs } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import type { ExportLogRow } from './export-log.ts'
import { logUsage, paramsBytes, type LogQuota } from './log-quota.ts'

/** The query for a log of the user. */
export const ownLogById = (database: Database, id: string, userId: string) =>
  database
    .select()
    .from(exportLogs)
    .where(and(eq(exportLogs.id, id), eq(exportLogs.userId, userId)))

/** The query for whether an id is taken by a log or a deleted log. It returns a row if so. */
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

/** What decides whether a log may be added. */
export type NewLogTerms = {
  /** The document names no user other than the log's. */
  readonly isOwn: boolean
  /** The account lists that the filter names. */
  readonly accountListIds: readonly string[]
  readonly quota: LogQuota
}

/**
 * The query that adds a log, unless its id is taken or its terms are not met. It is one statement,
 * so that access and quota are decided where the row is written: concurrent requests cannot exceed
 * them together.
 *
 * @returns the row, or none when it was not added
 */
export const insertLog = (
  database: Database,
  log: ExportLogRow,
  { isOwn, accountListIds, quota }: NewLogTerms,
) =>
  database
    .insert(exportLogs)
    .select(
      sql`select ${selectedRow(exportLogs, log)}
      where ${isOwn ? 1 : 0}
      and not exists (select 1 from ${deletedExportLogs} where ${deletedExportLogs.id} = ${log.id})
      and not exists (
        select 1 from json_each(${JSON.stringify(accountListIds)}) where value not in (
          select ${accountListUsers.accountListId} from ${accountListUsers}
          where ${accountListUsers.userId} = ${log.userId}))
      and exists (
        select 1 from ${logUsage(database, log.userId)} as usage
        where usage.logs < ${quota.logs}
          and usage.bytes + ${paramsBytes(log.params)} <= ${quota.bytes})`,
    )
    .onConflictDoNothing()
    .returning({ id: exportLogs.id })

/** The query that removes a log whose request is refused after all. No client knows its id. */
export const forgetLog = (database: Database, id: string) =>
  database.delete(exportLogs).where(eq(exportLogs.id, id))
