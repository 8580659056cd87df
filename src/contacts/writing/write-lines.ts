import type { Database } from '../../db/client.ts'
import type { RunRecord, SyncOptions, SyncOutcome, WritableLists } from './sync-types.ts'

export type LinesToWrite = {
  readonly database: Database
  /** NDJSON in UTF-8, not compressed. */
  readonly body: ReadableStream<Uint8Array>
  readonly lists: WritableLists
  readonly options: SyncOptions
  readonly record: RunRecord
}

/**
 * Writes the lines of a body in order, in batches that are one transaction each.
 *
 * @returns how the run ended
 * @throws errors of D1 that stay, those of `record`, and those of the body's stream
 */
export async function writeLines(run: LinesToWrite): Promise<SyncOutcome> {
  throw new Error(`Not written yet: ${run.options.onError}`)
}
