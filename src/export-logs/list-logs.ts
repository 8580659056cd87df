import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { inList } from '../db/in-list.ts'
import type { Database } from '../db/client.ts'
import { exportLogs } from '../db/schema/index.ts'
import { filesOfLog } from '../storage/files-of-log.ts'
import { logUsage } from './log-quota.ts'
import type { ExportLog } from './export-log.ts'

/** A page ends early when its params would have more bytes. It has at least one log. */
const PAGE_BYTES = 1024 * 1024

/**
 * The position of a log in the list. Of two logs made in the same second, the greater id comes
 * first.
 */
export type LogPosition = Pick<ExportLog, 'createdAt' | 'id'>

/** Which of a user's logs to list. */
export type LogListing = {
  readonly userId: string
  /** Only those of these types. */
  readonly types: readonly string[] | undefined
  /** The maximum number of logs. */
  readonly size: number
  /** Whether params are shown. Otherwise they are not read. */
  readonly withParams: boolean
  /** Those after or before a position; the newest without either. */
  readonly after: LogPosition | undefined
  readonly before: LogPosition | undefined
}

export type LogPage = {
  readonly logs: readonly ExportLog[]
  /** Of all pages. */
  readonly total: number
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** A page of a user's logs, newest first. */
export async function listLogs(
  database: Database,
  { userId, types, size, withParams, after, before }: LogListing,
): Promise<LogPage> {
  const listed = and(eq(exportLogs.userId, userId), types && inList(exportLogs.type, types))
  const place = before ?? after
  const isBeyond = place && compared(before ? sql`>` : sql`<`, place)
  const isNotBeyond = place ? compared(before ? sql`<=` : sql`>=`, place) : sql`false`
  const direction = before ? asc : desc
  const params = withParams ? sql`${exportLogs.params}` : sql`null`
  const next = database
    .select({
      id: exportLogs.id,
      createdAt: exportLogs.createdAt,
      bytes: sql<number>`coalesce(octet_length(${params}), 0)
        + coalesce(octet_length(${exportLogs.type}), 0)`.as('bytes'),
    })
    .from(exportLogs)
    .where(and(listed, isBeyond))
    .orderBy(direction(exportLogs.createdAt), direction(exportLogs.id))
    .limit(size + 1)
    .as('next')
  const measured = database
    .select({
      id: next.id,
      bytes: next.bytes,
      bytesBefore: sql<number>`coalesce(sum(${next.bytes}) over (
        order by ${direction(next.createdAt)}, ${direction(next.id)}
        rows between unbounded preceding and 1 preceding), 0)`.as('bytes_before'),
    })
    .from(next)
    .as('measured')
  const fits = sql`(${measured.bytesBefore} = 0
    or ${measured.bytesBefore} + ${measured.bytes} <= ${PAGE_BYTES})`
  const [found, totals, others] = await database.batch([
    database
      .select({
        ...getTableColumns(exportLogs),
        // Logs that do not fit are only counted, so their params are not read.
        params: sql<string | null>`case when ${fits} then ${params} end`.as('shown_params'),
        type: sql<string | null>`case when ${fits} then ${exportLogs.type} end`.as('shown_type'),
        fits: sql<number>`${fits}`.as('fits'),
        files: filesOfLog(userId).as('files'),
      })
      .from(measured)
      .innerJoin(exportLogs, eq(exportLogs.id, measured.id))
      .orderBy(direction(exportLogs.createdAt), direction(exportLogs.id)),
    logUsage(database, userId, types),
    database
      .select({ id: exportLogs.id })
      .from(exportLogs)
      .where(and(listed, isNotBeyond))
      .limit(1),
  ])
  const logs = found.filter((log) => log.fits === 1).slice(0, size)
  const hasMore = found.length > logs.length
  const hasOthers = others.length > 0
  return {
    logs: before ? logs.toReversed() : logs,
    total: totals[0]?.logs ?? 0,
    hasNewer: before ? hasMore : hasOthers,
    hasOlder: before ? hasOthers : hasMore,
  }
}

const compared = (operator: ReturnType<typeof sql>, { createdAt, id }: LogPosition) =>
  sql`(${exportLogs.createdAt}, ${exportLogs.id}) ${operator} (${createdAt}, ${id})`
