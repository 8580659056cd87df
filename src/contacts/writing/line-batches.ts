import { waitForRequests } from '../../streams/wait-for-requests.ts'
import { ascendingIds } from './ascending-id.ts'
import { batchLimits, exceeds, sizeWith, NO_SIZE } from './batch-limits.ts'
import { NO_LINES } from './count-lines.ts'
import { nothingImagined } from './dry-run.ts'
import { isReadable, type Line, type UnreadableLine } from './line.ts'
import { tooLarge, type Refusal } from './refusals.ts'
import type { SyncCounts } from './sync-types.ts'
import { writeBatch, type BatchRun } from './write-batch.ts'

/** The statements that a run executes. D1 takes 1,000 a request, and the run has to be ended. */
const MOST_QUERIES = 950

/** The most statements of one batch. */
const BATCH_QUERIES = 60

/** The most account lists that a run is admitted to before their first batch. */
const EARLY_LISTS = 20

/** Collects lines, and writes them when they are enough for a batch. */
export function lineBatches(run: Pick<BatchRun, 'database' | 'lists' | 'options' | 'record'>) {
  const batchRun: BatchRun = { ...run, newId: ascendingIds(), imagined: nothingImagined() }
  const { database, options } = run
  let counts: SyncCounts = NO_LINES
  let read = 0
  let isStopped = false
  let refusal: Refusal | undefined
  let waiting: (Line | UnreadableLine)[] = []
  const early = new Set<string>()
  let size = NO_SIZE
  let batches = 0
  let limits = batchLimits({ batches, queries: 0, lines: 0 })

  const flush = async (): Promise<void> => {
    let items: readonly (Line | UnreadableLine)[] = waiting
    waiting = []
    size = NO_SIZE
    while (items.length > 0 && !isStopped) {
      if (database.cost.queries + BATCH_QUERIES > MOST_QUERIES) {
        refusal = tooLarge(
          `The lines need more than the ${MOST_QUERIES} statements of a request. ` +
            `The first ${counts.linesDone} are done. Send the others in another request.`,
        )
        return
      }
      if (batches > 0) await waitForRequests()
      const written = await writeBatch(batchRun, items, { ...counts, lines: read })
      batches += 1
      counts = written.counts
      items = written.rest
      isStopped = written.hasFailures && options.onError === 'stop'
    }
    limits = batchLimits({ batches, queries: database.cost.queries, lines: counts.linesDone })
  }

  /** A slow sender holds what it is about to write from its first line, not from its first batch. */
  const admitEarly = async (line: Line | UnreadableLine): Promise<void> => {
    const list = isReadable(line) ? listOf(line) : undefined
    if (list === undefined || early.has(list) || early.size === EARLY_LISTS) return
    early.add(list)
    if (run.lists.all || run.lists.ids.includes(list)) await run.record.admit([list])
  }

  return {
    /** How many lines were read. */
    read: () => read,
    counts: (): SyncCounts => ({ ...counts, lines: read }),
    /** Nothing is written after a line with errors. */
    isStopped: () => isStopped,
    refusal: () => refusal,
    isEnded: () => isStopped || refusal !== undefined,
    flush,
    async add(line: Line | UnreadableLine): Promise<void> {
      if (waiting.length > 0 && exceeds(sizeWith(size, line), limits)) await flush()
      if (isStopped || refusal) return
      await admitEarly(line)
      read += 1
      waiting.push(line)
      size = sizeWith(size, line)
      if (!isReadable(line) && options.onError === 'stop') await flush()
    },
  }
}

/** The account list that a line names. */
function listOf({ row: { table, id, values } }: Line): string | undefined {
  if (table.name === 'account_lists') return id
  const position = table.positions.get('account_list_id')
  const list = position === undefined ? undefined : values[position]
  return typeof list === 'string' ? list : undefined
}
