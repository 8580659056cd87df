import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { inList } from '../contacts/filter/filter-key.ts'
import type { Database } from '../db/client.ts'
import { exportLogs } from '../db/schema/index.ts'
import { logUsage, selectExportLogs, type ExportLog } from './export-logs.ts'

/** The place of a log in the list: of two made in the same second, the greater id comes first. */
export type LogPosition = Pick<ExportLog, 'createdAt' | 'id'>

/** Which of a user's logs to list. */
export type LogListing = {
  readonly userId: string
  /** Only those of these types. */
  readonly types: readonly string[] | undefined
  /** How many, at the most. */
  readonly size: number
  /** Those that follow upon a log, or come before one; the newest without either. */
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
  { userId, types, size, after, before }: LogListing,
): Promise<LogPage> {
  const listed = and(eq(exportLogs.userId, userId), types && inList(exportLogs.type, types))
  const place = before ?? after
  const isBeyond = place && compared(before ? sql`>` : sql`<`, place)
  const isNotBeyond = place ? compared(before ? sql`<=` : sql`>=`, place) : sql`false`
  const direction = before ? asc : desc
  const [found, totals, others] = await database.batch([
    selectExportLogs(database, userId)
      .where(and(listed, isBeyond))
      .orderBy(direction(exportLogs.createdAt), direction(exportLogs.id))
      .limit(size + 1),
    logUsage(database, userId, types),
    database
      .select({ id: exportLogs.id })
      .from(exportLogs)
      .where(and(listed, isNotBeyond))
      .limit(1),
  ])
  const logs = found.slice(0, size)
  const hasMore = found.length > size
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
