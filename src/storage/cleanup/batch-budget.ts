import { setTimeout } from 'node:timers/promises'

/** How many batches a part of the sweep does in one run: an invocation may make 1,000 queries to D1. */
const MAXIMUM_BATCHES = 50

/** How long a part may take in one run. A cron run that comes every 15 minutes has 30 seconds of CPU. */
const MAXIMUM_MILLISECONDS = 20_000

/** Between two batches, requests that wait for D1 have their turn. */
const PAUSE_MILLISECONDS = 5

/**
 * Keeps a part of the sweep within what a run may do: the rest is left for the next run.
 *
 * @returns a function to call after each batch: it pauses, and tells whether there may be one more
 */
export function batchBudget(): () => Promise<boolean> {
  const endsAt = Date.now() + MAXIMUM_MILLISECONDS
  let batches = 0
  return async () => {
    batches += 1
    if (batches >= MAXIMUM_BATCHES || Date.now() >= endsAt) return false
    await setTimeout(PAUSE_MILLISECONDS)
    return true
  }
}
