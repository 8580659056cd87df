import { setTimeout } from 'node:timers/promises'

/**
 * How many batches one part of the sweep may take in a run. An invocation may make 1,000 queries to
 * D1.
 */
const MAXIMUM_BATCHES = 50

/** How long one part may take in a run. A cron run every 15 minutes has 30 seconds of CPU time. */
const MAXIMUM_MILLISECONDS = 20_000

/** A pause between two batches lets waiting requests use D1. */
const PAUSE_MILLISECONDS = 5

/**
 * Limits one part of the sweep to what a run may do. The rest is left to the next run.
 *
 * @returns a function to call after each batch, which pauses and returns whether another batch is
 *   allowed
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
