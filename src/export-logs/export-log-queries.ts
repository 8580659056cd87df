import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { inList } from '../contacts/filter/keys/filter-key.ts'
import type { Database } from '../db/client.ts'
import {
  accountLists,
  accountListUsers,
  deletedExportLogs,
  exportLogs,
  exportLogUsage,
} from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import { filesOfLog, type FilesOfLog } from '../storage/file-records.ts'

/** The row of a log. */
export type ExportLogRow = typeof exportLogs.$inferSelect

/** A log, and what it tells its user of its kept files. */
export type ExportLog = ExportLogRow & { readonly files: FilesOfLog }

/** The query for logs, of which `where` says which, as they are shown to a user. */
const selectExportLogs = (database: Database, userId: string) =>
  database.select({ ...getTableColumns(exportLogs), files: filesOfLog(userId) }).from(exportLogs)

/** The query for a log without what it tells of its files, which takes a look at every account list in them. */
export const exportLogRow = (database: Database, id: string) =>
  database.select().from(exportLogs).where(eq(exportLogs.id, id))

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

/** The query for the row of a log, if it is the user's. */
export const ownLogById = (database: Database, id: string, userId: string) =>
  database
    .select()
    .from(exportLogs)
    .where(and(eq(exportLogs.id, id), eq(exportLogs.userId, userId)))

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

/** How many logs a user may have, and how many bytes the params of these may have. */
export type LogQuota = { readonly logs: number; readonly bytes: number }

/** The query for what a user's logs take, all or those of some types: a row, of sums. No log is read for it. */
export const logUsage = (database: Database, userId: string, types?: readonly string[]) =>
  database
    .select({
      logs: sql<number>`coalesce(sum(${exportLogUsage.logs}), 0)`.as('logs'),
      bytes: sql<number>`coalesce(sum(${exportLogUsage.bytes}), 0)`.as('bytes'),
    })
    .from(exportLogUsage)
    .where(and(eq(exportLogUsage.userId, userId), types && inList(exportLogUsage.type, types)))

/** Whether a log finds room beside what the user's logs take already. */
export const fitsQuota = (usage: LogQuota, log: ExportLogRow, quota: LogQuota): boolean =>
  usage.logs < quota.logs && usage.bytes + bytesOf(log.params) <= quota.bytes

/** What decides whether a log may be added. */
export type NewLogTerms = {
  /** The document names no other user than the log's. */
  readonly isOwn: boolean
  /** The account lists that the filter names. */
  readonly accountListIds: readonly string[]
  readonly quota: LogQuota
}

/**
 * The query that adds a log: unless its id is or was another's, or its terms say no. One statement, so that access and quota
 * are decided where the row is written: requests that come at once do not get past them together.
 *
 * @returns the row, or none where it was not added
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
        where usage.logs < ${quota.logs} and usage.bytes + ${bytesOf(log.params)} <= ${quota.bytes})`,
    )
    .onConflictDoNothing()
    .returning({ id: exportLogs.id })

const bytesOf = (params: string | null): number => new TextEncoder().encode(params ?? '').length

/** The query that takes back a log whose request is refused after all: nobody has been told of its id. */
export const forgetLog = (database: Database, id: string) =>
  database.delete(exportLogs).where(eq(exportLogs.id, id))
