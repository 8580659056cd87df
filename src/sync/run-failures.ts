import type { LineFailure } from '../contacts/writing/sync-types.ts'
import { failureParts, type FailuresOf } from '../storage/failure-parts.ts'
import type { ShownFailure } from './run-document.ts'

/** How many refused lines the response to a body shows. The list of failures has all. */
const SHOWN_FAILURES = 100

export type RunFailures = {
  readonly keep: (failures: readonly LineFailure[]) => Promise<void>
  /** Stores what is still in memory. */
  readonly end: () => Promise<void>
  /** The first ones, without their lines. */
  readonly shown: () => readonly ShownFailure[]
}

/** The refused lines of a run. They are stored in R2, and only the last part of them is in memory. */
export function runFailures(bucket: R2Bucket, run: FailuresOf): RunFailures {
  const parts = failureParts(bucket, run)
  const shown: ShownFailure[] = []
  /** A batch that is tried again names its failures again. */
  const known = new Set<number>()
  return {
    async keep(failures) {
      const fresh = failures.filter(({ line }) => !known.has(line))
      for (const { line, id, errors } of fresh) {
        known.add(line)
        if (shown.length < SHOWN_FAILURES) shown.push({ line, id, errors })
      }
      await parts.add(fresh.map(failureLine))
    },
    end: parts.end,
    shown: () => shown,
  }
}

const failureLine = ({ line, id, errors, text }: LineFailure): string =>
  JSON.stringify({ line, id, errors, text })
