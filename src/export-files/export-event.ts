import { AccessWithdrawn } from '../contacts/reading/access-withdrawn.ts'
import type { Database } from '../db/client.ts'
import type { FileName } from '../storage/object-key.ts'
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

/** What has to be reported for the log event of a file. */
export type ExportEvent = {
  /** The first byte is about to be sent. */
  readonly started: () => void
  /** The file is complete, or its production has ended. */
  readonly produced: () => void
  /** The production has failed, or was stopped because access to the file was withdrawn. */
  readonly failed: (error: unknown) => void
  /** The last byte has been sent, or the client has disconnected. */
  readonly sent: (isWhole: boolean, bytes: number) => void
}

/**
 * Writes one event to the log for each file, when it is both produced and sent: its size, its
 * duration, and what it cost D1. The event is `export`; `export_stopped` when the log was deleted
 * or access withdrawn before the end; `export_failed` when the file could not be produced. Where
 * the client did not get all bytes, it has `interrupted`.
 */
export function exportEvent(facts: ExportFacts): ExportEvent {
  const { requestId, name, source, startedAt, database, rows } = facts
  let firstByteAt: number | undefined
  let produced: { readonly error?: unknown } | undefined
  let sent: { readonly isWhole: boolean; readonly bytes: number } | undefined

  const write = (): void => {
    if (!produced || !sent) return
    const fields = {
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
    if (!('error' in produced)) logEvent('export', fields)
    else if (produced.error instanceof AccessWithdrawn) {
      logEvent('export_stopped', { ...fields, reason: produced.error.reason })
    } else logError('export_failed', produced.error, fields)
  }

  return {
    started: () => {
      firstByteAt ??= Date.now()
    },
    produced: () => {
      if (produced) return
      produced = {}
      write()
    },
    failed: (error) => {
      produced = { error }
      write()
    },
    sent: (isWhole, bytes) => {
      sent = { isWhole, bytes }
      write()
    },
  }
}
