import type { Database } from '../db/client.ts'
import type { FileName } from '../storage/file-records.ts'
import { logError, logEvent } from '../log.ts'

/** What is known of a file from the start. */
export type ExportFacts = {
  readonly requestId: string
  readonly name: FileName
  readonly source: 'made' | 'kept'
  /** When the request came, in milliseconds since 1970. */
  readonly startedAt: number
  readonly database: Database
  /** How many contacts are in the file so far. */
  readonly rows: () => number
}

/** The line of a file in the log. */
export type ExportEvent = {
  /** The first byte is about to leave. */
  readonly begun: () => void
  /** The file has come to its end, or to that of its production. */
  readonly made: () => void
  /** The production has failed. */
  readonly failed: (error: unknown) => void
  /** The last byte has left, or the client has gone. */
  readonly sent: (isWhole: boolean, bytes: number) => void
}

/**
 * One line of JSON for the log about each file, when it is both made and sent: how large it was, how long it took, what it
 * cost D1. A file of which the client did not get all is `interrupted`; one that could not be made is `export_failed`, with
 * the same fields.
 */
export function exportEvent(facts: ExportFacts): ExportEvent {
  const { requestId, name, source, startedAt, database, rows } = facts
  let firstByteAt: number | undefined
  let made: { readonly error?: unknown } | undefined
  let sent: { readonly isWhole: boolean; readonly bytes: number } | undefined

  const write = (): void => {
    if (!made || !sent) return
    const line = {
      request_id: requestId,
      id: name.exportLogId,
      format: name.variant,
      source,
      rows: rows(),
      bytes: sent.bytes,
      ...(!sent.isWhole && { interrupted: true }),
      ms: Date.now() - startedAt,
      first_byte_ms: firstByteAt === undefined ? undefined : firstByteAt - startedAt,
      d1_queries: database.cost.queries,
      d1_rows_read: database.cost.rowsRead,
    }
    if ('error' in made) logError('export_failed', made.error, line)
    else logEvent('export', line)
  }

  return {
    begun: () => {
      firstByteAt ??= Date.now()
    },
    made: () => {
      if (made) return
      made = {}
      write()
    },
    failed: (error) => {
      made = { error }
      write()
    },
    sent: (isWhole, bytes) => {
      sent = { isWhole, bytes }
      write()
    },
  }
}
