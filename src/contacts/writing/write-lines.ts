import type { Database } from '../../db/client.ts'
import { mostRemovals, removeUnnamed, type NamedIds } from './complete-list.ts'
import { isReadable, type Line, type UnreadableLine } from './line.ts'
import { lineBatches } from './line-batches.ts'
import { longLine } from './line-errors.ts'
import { parseLine, readJson, refused, type GivenJson } from './parse-line.ts'
import { LINE_BYTES, readLines, type RawLine } from './read-lines.ts'
import type {
  CompleteOptions,
  Removal,
  RunRecord,
  SyncOptions,
  SyncOutcome,
  WritableLists,
} from './sync-types.ts'
import { tooLarge, type Refusal } from './refusals.ts'

/** The most lines of a request. */
const MOST_LINES = 50_000

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
    reading: for await (const group of readLines(body)) {
      for (const raw of group) {
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
        const line = lineOf(raw, json)
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

/** A line that says that the body is whole. */
type EndLine = { readonly raw: RawLine; readonly lines: unknown }

const jsonOf = ({ text, isTooLong, isUtf8 }: RawLine): GivenJson | undefined =>
  isTooLong || !isUtf8 ? undefined : readJson(text)

const isEndLine = (json: GivenJson | undefined): json is GivenJson =>
  json?.['end'] === true && !('type' in json)

function lineOf(raw: RawLine, json: GivenJson | undefined): Line | UnreadableLine {
  const { number, text } = raw
  if (raw.isTooLong) return { number, text, id: null, errors: [longLine(LINE_BYTES)] }
  if (!raw.isUtf8)
    return refused(number, text, null, [{ detail: 'The line is not UTF-8.', path: [] }])
  return parseLine(number, text, json)
}

const misplaced = ({ raw: { number, text } }: EndLine): UnreadableLine =>
  refused(number, text, null, [{ detail: 'The end line must be the last line.', path: [] }])

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Notes the id of a line of a complete body. @returns whether it ascends */
function nameLine(
  named: NamedIds,
  line: Line | UnreadableLine,
  { type }: CompleteOptions,
): boolean {
  if (isReadable(line) && line.type.name !== type) return true
  const id = isReadable(line) ? line.row.id : line.id?.toLowerCase()
  const isAscending = id !== undefined && UUID.test(id) && id > (named.ids.at(-1) ?? '')
  if (isAscending) named.ids.push(id)
  else if (!isReadable(line)) named.hasUnknown = true
  return isAscending || !isReadable(line)
}

/** Why a complete body may not be whole. */
function truncationOf(
  endLine: EndLine | undefined,
  isWhole: boolean,
  lines: number,
): string | undefined {
  const behind = 'Nothing behind its last id is removed.'
  if (!endLine) return `The body has no end line, {"end":true,"lines":${lines}}. ${behind}`
  if (endLine.lines !== lines) {
    return `The end line says another number of lines than the ${lines} of the body. ${behind}`
  }
  return isWhole ? undefined : `The body ends without a line break. ${behind}`
}

const badRequest = (detail: string): Refusal => ({ state: 'refused', status: 400, detail })

const tooManyRemovals = (
  { unnamed }: Removal,
  { type }: CompleteOptions,
  most: number,
): Refusal => ({
  state: 'refused',
  status: 409,
  detail:
    `The body does not name ${unnamed} ${type} of the account list, and at most ` +
    `${Math.floor(most)} may be removed. Nothing is removed; the lines are written. ` +
    `If this is right, send them again with max_removals=${unnamed}.`,
})
