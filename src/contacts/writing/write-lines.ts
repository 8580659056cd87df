import type { Database } from '../../db/client.ts'
import { mostRemovals, removeUnnamed } from './complete-list.ts'
import { lineBatches } from './line-batches.ts'
import { nameLine, truncationOf, type NamedIds } from './named-ids.ts'
import { isEndLine, jsonOf, misplaced, parseRawLine, type EndLine } from './raw-lines.ts'
import { LINE_BYTES, readLines } from './read-lines.ts'
import { badRequest, tooLarge, tooManyRemovals, type Refusal } from './refusals.ts'
import type { RunRecord, SyncOptions, SyncOutcome, WritableLists } from './sync-types.ts'

/** The most lines of a request. */
const MOST_LINES = 50_000

/** The most blank lines: a small body, compressed, may hold hundreds of millions. */
const MOST_BLANK_LINES = 100_000

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
 * @throws errors of D1 that stay, those of `record`, and those of the body's stream. The lines that
 *   came before an error of the stream are written.
 */
export async function writeLines(run: LinesToWrite): Promise<SyncOutcome> {
  const { database, body, options, record } = run
  const { complete } = options
  const most = complete ? await mostRemovals(database, complete) : 0
  const named: NamedIds = { ids: [], hasUnknown: false }
  const batches = lineBatches(run)
  let endLine: EndLine | undefined
  let isWhole = false
  let tooLong: number | undefined
  let refusal: Refusal | undefined

  try {
    reading: for await (const { lines, blankLines } of readLines(body)) {
      for (const raw of lines) {
        isWhole = raw.isTerminated
        if (batches.read() === MOST_LINES && !isEndLine(jsonOf(raw))) {
          refusal = tooLarge(`The body has more than ${MOST_LINES} lines.`)
          break reading
        }
        const json = jsonOf(raw)
        if (batches.read() === 0 && !endLine && !json && !raw.isTooLong) {
          refusal = badRequest(
            `The body is not NDJSON: line ${raw.number} is not a JSON object in UTF-8.`,
          )
          break reading
        }
        if (endLine) {
          await batches.add(misplaced(endLine))
          endLine = undefined
        }
        if (isEndLine(json)) {
          endLine = { raw, lines: json['lines'] }
          continue
        }
        const line = parseRawLine(raw, json)
        if (raw.isTooLong) tooLong ??= raw.number
        if (complete && !nameLine(named, line, complete)) {
          refusal = badRequest(
            `The ids of complete ${complete.type} must ascend. Line ${raw.number} does not: ` +
              'its id has to be greater than the one before.',
          )
          break reading
        }
        await batches.add(line)
        if (batches.isEnded()) break reading
      }
      if (blankLines > MOST_BLANK_LINES) {
        refusal = tooLarge(`The body has more than ${MOST_BLANK_LINES} blank lines.`)
        break
      }
    }
  } catch (error) {
    await batches.flush()
    throw error
  }
  await batches.flush()
  refusal ??= batches.refusal()
  if (!refusal && tooLong !== undefined && !batches.isStopped()) {
    refusal = tooLarge(
      `Line ${tooLong} is longer than ${LINE_BYTES / 1024 / 1024} MB. The other lines are written.`,
    )
  }
  const counts = batches.counts()
  if (refusal) return { counts, removal: undefined, end: refusal }
  if (!complete || batches.isStopped()) {
    return { counts, removal: undefined, end: { state: batches.isStopped() ? 'stopped' : 'done' } }
  }

  const truncated = truncationOf(endLine, isWhole, counts.lines)
  const completion = { database, complete, dryRun: options.dryRun, record, named, truncated, most }
  const completed = await removeUnnamed(completion, counts)
  const end = completed.isTooMany
    ? tooManyRemovals(completed.removal, complete, most)
    : ({ state: 'done' } as const)
  return { counts: completed.counts, removal: completed.removal, end }
}
