import type { LineFailure, Removal } from '../contacts/writing/sync-types.ts'
import type { ShownRun } from './sync-run.ts'

/** What a document shows of a refused line: the line itself is in the list of failures. */
export type ShownFailure = Omit<LineFailure, 'text'>

/** A JSON:API document of one run. */
export const runDocument = (run: ShownRun, meta?: object): object => ({
  data: resourceOf(run),
  ...(meta && { meta }),
})

/** A JSON:API document of a page of runs. */
export const runListDocument = (runs: readonly ShownRun[], links: object): object => ({
  data: runs.map(resourceOf),
  links,
})

/** What the response to a body tells beside its run. */
export const runMeta = (failures: readonly ShownFailure[], removal: Removal | undefined) => ({
  failures,
  ...(removal && {
    complete: {
      unnamed: removal.unnamed,
      removed: removal.removed,
      ...(removal.truncated !== undefined && { truncated: removal.truncated }),
    },
  }),
})

const resourceOf = (run: ShownRun) => ({
  id: run.id,
  type: 'sync_runs',
  attributes: {
    state: run.state,
    dry_run: run.dryRun,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    lines: run.lines,
    lines_done: run.linesDone,
    created: run.created,
    updated: run.updated,
    unchanged: run.unchanged,
    outdated: run.outdated,
    removed: run.removed,
    failed: run.failed,
  },
})
