import type { SyncCounts } from './sync-types.ts'

export const NO_LINES: SyncCounts = {
  lines: 0,
  linesDone: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  outdated: 0,
  removed: 0,
  failed: 0,
}

/** What can become of a line that is counted. */
export type CountedResult = 'created' | 'updated' | 'unchanged' | 'outdated' | 'removed' | 'failed'

/** The counts after some more lines. */
export function countResults(counts: SyncCounts, results: readonly CountedResult[]): SyncCounts {
  const next = { ...counts, linesDone: counts.linesDone + results.length }
  for (const result of results) next[result] += 1
  return next
}
