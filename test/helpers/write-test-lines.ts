import { env } from 'cloudflare:workers'
import type {
  LineFailure,
  SyncCounts,
  SyncOptions,
  SyncOutcome,
  WritableLists,
} from '../../src/contacts/writing/sync-types.ts'
import { writeLines } from '../../src/contacts/writing/write-lines.ts'
import { openDatabase } from '../../src/db/client.ts'

export type Written = SyncOutcome & {
  readonly failures: readonly LineFailure[]
  /** The counts that were recorded with the batches. */
  readonly recorded: readonly SyncCounts[]
  readonly queries: number
}

export type WriteOptions = Partial<SyncOptions> & {
  readonly lists?: WritableLists
  readonly binding?: D1Database
}

const encoder = new TextEncoder()

/** Writes lines, given as objects or as texts. */
export const write = (
  lines: readonly (string | object)[],
  options: WriteOptions = {},
): Promise<Written> =>
  writeBody(
    new Response(
      lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
    ).body ?? streamOf(''),
    options,
  )

export const streamOf = (...chunks: readonly (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      }
      controller.close()
    },
  })

export async function writeBody(
  body: ReadableStream<Uint8Array>,
  { lists = { all: true }, binding = env.DB, ...options }: WriteOptions = {},
): Promise<Written> {
  const database = openDatabase(binding)
  const failures: LineFailure[] = []
  const recorded: SyncCounts[] = []
  const outcome = await writeLines({
    database,
    body,
    lists,
    options: { dryRun: false, onError: 'skip', ifNewer: false, complete: undefined, ...options },
    record: {
      admit: async () => undefined,
      keepFailures: async (refused) => {
        failures.push(...refused)
      },
      countStatements: (counts) => {
        recorded.push(counts)
        return []
      },
    },
  })
  return { ...outcome, failures, recorded, queries: database.cost.queries }
}
