import { and, eq, sql } from 'drizzle-orm'
import { inList } from '../db/in-list.ts'
import type { Database } from '../db/client.ts'
import { exportLogUsage } from '../db/schema/index.ts'
import type { ExportLogRow } from './export-log.ts'

/** How many logs a user may have, and how many bytes their params may have in all. */
export type LogQuota = { readonly logs: number; readonly bytes: number }

/**
 * The query for the number and the size of a user's logs, of all or of some types. It gives one
 * row, and reads no log.
 */
export const logUsage = (database: Database, userId: string, types?: readonly string[]) =>
  database
    .select({
      logs: sql<number>`coalesce(sum(${exportLogUsage.logs}), 0)`.as('logs'),
      bytes: sql<number>`coalesce(sum(${exportLogUsage.bytes}), 0)`.as('bytes'),
    })
    .from(exportLogUsage)
    .where(and(eq(exportLogUsage.userId, userId), types && inList(exportLogUsage.type, types)))

/** Whether a log can be added to the user's logs within the quota. */
export const fitsQuota = (usage: LogQuota, log: ExportLogRow, quota: LogQuota): boolean =>
  usage.logs < quota.logs && usage.bytes + paramsBytes(log.params) <= quota.bytes

/** How many bytes the params of a log count against the quota. */
export const paramsBytes = (params: string | null): number =>
  new TextEncoder().encode(params ?? '').length
