import type { Database } from '../db/client.ts'
import type { FileName } from '../files/file-records.ts'
import { logEvent } from '../log.ts'

/** A file that has left, and what it took. Times are in milliseconds since 1970. */
export type DeliveredFile = {
  readonly name: FileName
  readonly source: 'made' | 'kept'
  readonly rows: number
  readonly bytes: number
  /** When the request came, and when the first byte left. */
  readonly startedAt: number
  readonly firstByteAt: number
  readonly database: Database
}

/** One line of JSON for the log about each file: how large it was, how long it took, what it cost D1. */
export function logExport({
  name,
  source,
  rows,
  bytes,
  startedAt,
  firstByteAt,
  database,
}: DeliveredFile): void {
  logEvent('export', {
    id: name.exportLogId,
    format: name.variant,
    source,
    rows,
    bytes,
    ms: Date.now() - startedAt,
    first_byte_ms: firstByteAt - startedAt,
    d1_queries: database.cost.queries,
    d1_rows_read: database.cost.rowsRead,
  })
}
