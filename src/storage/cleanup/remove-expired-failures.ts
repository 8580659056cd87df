import { logError } from '../../log.ts'
import { retry } from '../../retry.ts'
import { FAILURES_PREFIX } from '../failure-parts.ts'
import { batchBudget } from './batch-budget.ts'
import { removeObjects } from './remove-objects.ts'

const DAY_MILLISECONDS = 86_400_000

/** How long a run and its refused lines are kept. */
export const RUN_DAYS = 30

/** How many calls to R2 a run of the sweep may make for this. */
const MAXIMUM_CALLS = 100

/**
 * Removes the refused lines of runs past their retention. Keys begin with the day of the run, so
 * that the first ones listed are the oldest, whether their run is still recorded or not.
 *
 * @returns how many objects were removed
 */
export async function removeExpiredFailures(bucket: R2Bucket, now: Date): Promise<number> {
  const firstKept = new Date(now.getTime() - RUN_DAYS * DAY_MILLISECONDS).toISOString().slice(0, 10)
  const calls = { left: MAXIMUM_CALLS }
  const mayContinue = batchBudget()
  let removed = 0
  for (;;) {
    const listed = await listOldest(bucket)
    const keys = listed.filter((key) => key < `${FAILURES_PREFIX}${firstKept}`)
    if (keys.length === 0) return removed
    const left = await removeObjects(bucket, keys, calls)
    removed += keys.length - left.length
    if (left.length > 0 || keys.length < listed.length || calls.left === 0) return removed
    if (!(await mayContinue())) return removed
  }
}

async function listOldest(bucket: R2Bucket): Promise<readonly string[]> {
  try {
    const { objects } = await retry(() => bucket.list({ prefix: FAILURES_PREFIX }))
    return objects.map(({ key }) => key)
  } catch (error) {
    logError('objects_not_listed', error)
    return []
  }
}
