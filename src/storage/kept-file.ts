import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'

/** A kept file as its record describes it. */
export type KeptFile = {
  readonly version: string
  readonly rows: number
  readonly bytes: number
  /** Of the bytes as sent, in hexadecimal. */
  readonly sha256: string
  /** `2022-01-12T17:18:07Z` */
  readonly producedAt: string
  /** The account lists whose contacts are in it. */
  readonly accountListIds: readonly string[]
}

/** The query for the records of a log's files. */
export const fileRecords = (database: Database, exportLogId: string) =>
  database
    .select({
      variant: exportFiles.variant,
      version: exportFiles.version,
      rows: exportFiles.rows,
      bytes: exportFiles.bytes,
      sha256: exportFiles.sha256,
      producedAt: exportFiles.producedAt,
      accountListIds: exportFiles.accountListIds,
    })
    .from(exportFiles)
    .where(and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.discarded, false)))

/** The kept file that a record describes, if it describes one. */
export function keptFile(
  record: Awaited<ReturnType<typeof fileRecords>>[number] | undefined,
): KeptFile | undefined {
  const { version, rows = null, bytes = null, sha256, producedAt } = record ?? {}
  if (!version || rows === null || bytes === null || !sha256 || !producedAt) return undefined
  const accountListIds: string[] = JSON.parse(record?.accountListIds ?? '[]')
  return { version, rows, bytes, sha256, producedAt, accountListIds }
}
