import type { SQLWrapper } from 'drizzle-orm'

/** The account lists that a token may write. */
export type WritableLists =
  | { readonly all: true }
  | { readonly all: false; readonly ids: readonly string[] }

/** The types whose rows a body may name completely. */
export const COMPLETE_TYPES = ['contacts', 'tasks', 'appeals'] as const

/** The body names all rows of a type of an account list, so that others are removed. */
export type CompleteOptions = {
  readonly type: (typeof COMPLETE_TYPES)[number]
  readonly accountListId: string
  /** By default a tenth of the rows of the list, and at least 10. */
  readonly maxRemovals: number | undefined
}

export type SyncOptions = {
  readonly dryRun: boolean
  readonly onError: 'skip' | 'stop'
  readonly ifNewer: boolean
  readonly complete: CompleteOptions | undefined
}

/** What a run has done so far. Blank lines and the end line are not counted. */
export type SyncCounts = {
  /** Lines read. */
  readonly lines: number
  /** Lines that are written, or have turned out to need no writing, or are refused. */
  readonly linesDone: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly outdated: number
  readonly removed: number
  readonly failed: number
}

/** What is wrong with a line: an error object of JSON:API. The pointer starts at the line. */
export type LineError = {
  readonly status: '400' | '404' | '409' | '413'
  readonly title: string
  readonly detail: string
  readonly source?: { readonly pointer: string }
}

/** A line that is refused. */
export type LineFailure = {
  /** The number of the line in the body, from 1. Blank lines count. */
  readonly line: number
  /** The id that the line gives, if it gives one that can be read. */
  readonly id: string | null
  /** The line as it came, without its line break. */
  readonly text: string
  readonly errors: readonly LineError[]
}

/** What a run keeps of itself while lines are written. */
export type RunRecord = {
  /**
   * Called before each batch, with the account lists that the batch touches. It may throw, which
   * ends the run: nothing of the batch is written.
   */
  readonly admit: (accountListIds: readonly string[]) => Promise<void>
  /** Called before the batch that counts the failures is committed. Lines are in order. */
  readonly keepFailures: (failures: readonly LineFailure[]) => Promise<void>
  /** The statements that record the counts, run in the transaction of each batch. */
  readonly countStatements: (counts: SyncCounts) => readonly SQLWrapper[]
}

/** What `complete` has removed, or why it has not. */
export type Removal = {
  /** Rows of the list that the body does not name, in the part of the body that is complete. */
  readonly unnamed: number
  readonly removed: number
  /** Why rows behind the last id of the body were left, if they were. */
  readonly truncated: string | undefined
}

/** How a run ended. */
export type SyncOutcome = {
  readonly counts: SyncCounts
  readonly removal: Removal | undefined
  readonly end:
    | { readonly state: 'done' | 'stopped' }
    /**
     * The request is refused: 400 for no NDJSON at its first line or for ids that do not ascend, 409
     * for more removals than allowed, 413 for a body that is too large. What came before it is
     * written.
     */
    | { readonly state: 'refused'; readonly status: 400 | 409 | 413; readonly detail: string }
}
