import type { Database } from '../../db/client.ts'
import { storedTime } from '../../db/stored-time.ts'
import { applyLines, type LineResult } from './apply-lines.ts'
import type { BatchState } from './batch-state.ts'
import { compareLongTexts } from './compare-long-texts.ts'
import { countResults } from './count-lines.ts'
import { addImagined, noteImagined, withRepeats, type Imagined } from './dry-run.ts'
import { guardStatement } from './guard-statement.ts'
import { isReadable, type Line, type UnreadableLine } from './line.ts'
import { refusedLine } from './line-errors.ts'
import { loadState } from './load-state.ts'
import { lookupsOf } from './lookups.ts'
import { noWrites } from './pending-writes.ts'
import type {
  LineFailure,
  RunRecord,
  SyncCounts,
  SyncOptions,
  WritableLists,
} from './sync-types.ts'
import { writeStatements } from './write-statements.ts'

export type BatchRun = {
  readonly database: Database
  readonly lists: WritableLists
  readonly options: SyncOptions
  readonly record: RunRecord
  readonly newId: () => string
  /** What a dry run has imagined to be written. */
  readonly imagined: Imagined
}

export type WrittenBatch = {
  readonly counts: SyncCounts
  /** Lines that have to be written in another batch. */
  readonly rest: readonly (Line | UnreadableLine)[]
  readonly hasFailures: boolean
}

/** How often a batch is tried before it is split: what it has read may have changed meanwhile. */
const ATTEMPTS = 2

/**
 * Writes lines in one transaction, with the counts of the run. Lines with errors are left out. When
 * the database refuses the batch, only its first half is written, down to a single line, which is
 * refused then.
 *
 * @throws errors of D1 that are not about the rows
 */
export async function writeBatch(
  run: BatchRun,
  items: readonly (Line | UnreadableLine)[],
  counts: SyncCounts,
): Promise<WrittenBatch> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryBatch(run, items, counts)
    } catch (error) {
      if (!isAboutRows(error)) throw error
      if (attempt < ATTEMPTS) continue
      return await writePart(run, items, counts, error)
    }
  }
}

async function writePart(
  run: BatchRun,
  items: readonly (Line | UnreadableLine)[],
  counts: SyncCounts,
  error: unknown,
): Promise<WrittenBatch> {
  const [first] = items
  if (first && items.length === 1) {
    if (!isReadable(first)) throw error
    const { number, text, row } = first
    const errors = [refusedLine('The database refuses this line. Send it again later.')]
    return writeBatch(run, [{ number, text, id: row.id, errors }], counts)
  }
  const half = Math.ceil(items.length / 2)
  const written = await writeBatch(run, items.slice(0, half), counts)
  return { ...written, rest: [...written.rest, ...items.slice(half)] }
}

async function tryBatch(
  { database, lists, options, record, newId, imagined }: BatchRun,
  items: readonly (Line | UnreadableLine)[],
  counts: SyncCounts,
): Promise<WrittenBatch> {
  const lines = items.filter(isReadable)
  const state = await loadState(database, lookupsOf(lines, options.ifNewer), lists)
  await compareLongTexts(database, state, lines)
  const now = storedTime(new Date())
  addImagined(state, imagined, now)
  const touched = touchedLists(state, lines)

  const writes = noWrites()
  const application = { state, writes, now, newId }
  const applications = applyLines(application, lines, {
    lists,
    ifNewer: options.ifNewer,
    stopsAtError: options.onError === 'stop',
  })
  const results = options.dryRun ? withRepeats(imagined, applications) : applications

  const next = lines[results.length]
  const isEnded = hasErrors(results.at(-1)) && options.onError === 'stop'
  const done = next ? items.slice(0, items.indexOf(next)) : items
  const failures = failuresOf(done, results)
  const nextCounts = countResults(counts, resultsOf(results, done))
  await record.admit(touched)
  if (failures.length > 0) await record.keepFailures(failures)

  const applied = results.filter((result) => !hasErrors(result)).map(({ line }) => line)
  const written = options.dryRun ? [] : writeStatements(state, writes, newId)
  const guard = written.length > 0 ? guardStatement(applied, lists) : []
  const counting = record.countStatements(nextCounts)
  await database.retry(() => database.runAll([...guard, ...written, ...counting]))
  if (options.dryRun) noteImagined(state, imagined, results)
  return {
    counts: nextCounts,
    rest: isEnded ? [] : items.slice(done.length),
    hasFailures: failures.length > 0,
  }
}

/** The account lists of the rows that the lines give, and those to which they move them. */
function touchedLists(state: BatchState, lines: readonly Line[]): string[] {
  const touched = new Set<string>()
  for (const { row } of lines) {
    const { table, id, values } = row
    if (table.name === 'account_lists') touched.add(id)
    const position = table.positions.get('account_list_id')
    if (position === undefined) continue
    const stored = state.rows.get(table.name)?.get(id)
    if (stored?.isWritable === false) continue
    for (const list of [stored?.values[position], values[position]]) {
      const isKnown = typeof list === 'string' && state.rows.get('account_lists')?.has(list)
      if (typeof list === 'string' && (isKnown || stored)) touched.add(list)
    }
  }
  return [...touched]
}

const hasErrors = (result: LineResult | undefined): boolean =>
  result !== undefined && typeof result.result !== 'string'

const resultsOf = (results: readonly LineResult[], done: readonly (Line | UnreadableLine)[]) => [
  ...results.map(({ result }) => (typeof result === 'string' ? result : ('failed' as const))),
  ...done.filter((item) => !isReadable(item)).map(() => 'failed' as const),
]

/** In the order of the lines. */
function failuresOf(
  done: readonly (Line | UnreadableLine)[],
  results: readonly LineResult[],
): LineFailure[] {
  const errors = new Map(results.map(({ line, result }) => [line, result]))
  return done.flatMap((item): LineFailure[] => {
    const { number: line, text } = item
    if (!isReadable(item)) return [{ line, id: item.id, text, errors: item.errors }]
    const result = errors.get(item)
    if (result === undefined || typeof result === 'string') return []
    return [{ line, id: item.row.id, text, errors: result }]
  })
}

/** Whether D1 refuses the rows of a batch: a constraint, or a value that is too large. */
function isAboutRows(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { message, cause } = error
  return (
    (/constraint failed|too big/i.test(message) && !message.includes('sync_runs')) ||
    (!message.includes('sync_runs.') && isAboutRows(cause))
  )
}
