import { isReadable, type Line, type UnreadableLine } from './line.ts'

/** What a batch holds. */
export type BatchSize = { readonly lines: number; readonly rows: number; readonly bytes: number }

/** So much holds the database for some 0.3 s. */
const USUAL: BatchSize = { lines: 1000, rows: 10_000, bytes: 1_500_000 }

/** So often the usual size a batch may have, when statements run short. */
const MOST_LINES_FACTOR = 4
const MOST_BYTES_FACTOR = 2

/** The lines that a request may have, and the statements for them. */
const LINES = 50_000
const QUERIES = 850

/**
 * The size of the next batch: the usual one, or larger when so many batches would need too many
 * statements for the lines that may still come.
 */
export function batchLimits(done: {
  readonly batches: number
  readonly queries: number
  readonly lines: number
}): BatchSize {
  const queriesOfBatch = done.batches > 0 ? done.queries / done.batches : 1
  const batchesLeft = Math.max(1, (QUERIES - done.queries) / queriesOfBatch)
  const factor = Math.max(1, (LINES - done.lines) / batchesLeft / USUAL.lines)
  const lines = Math.min(factor, MOST_LINES_FACTOR)
  return {
    lines: USUAL.lines * lines,
    rows: USUAL.rows * lines,
    bytes: USUAL.bytes * Math.min(factor, MOST_BYTES_FACTOR),
  }
}

export const NO_SIZE: BatchSize = { lines: 0, rows: 0, bytes: 0 }

/** The size of a batch with one more line. */
export const sizeWith = (size: BatchSize, line: Line | UnreadableLine): BatchSize => ({
  lines: size.lines + 1,
  rows: size.rows + (isReadable(line) ? line.size : 1),
  bytes: size.bytes + line.text.length,
})

export const exceeds = (size: BatchSize, limits: BatchSize): boolean =>
  size.lines > limits.lines || size.rows > limits.rows || size.bytes > limits.bytes
