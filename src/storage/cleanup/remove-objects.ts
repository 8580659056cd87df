import { logError } from '../../log.ts'
import { isTransient, retried } from '../../retry.ts'

/** After how many faults in a batch no more is tried. */
const MAXIMUM_FAULTS = 10

/**
 * Removes objects: all at once, failing that in halves, so that a fault at one does not stop the others. Transient faults are
 * retried. After one that stays, or some other faults, the rest is left alone.
 *
 * @param calls how many calls of R2 are left; this counts them down
 * @returns the keys of those that are left
 */
export async function removeObjects(
  bucket: R2Bucket,
  keys: readonly string[],
  calls: { left: number },
): Promise<readonly string[]> {
  const left: string[] = []
  const pending = [keys]
  let mayTry = true
  for (let some = pending.pop(); some; some = pending.pop()) {
    const batch = [...some]
    if (!mayTry || left.length >= MAXIMUM_FAULTS || calls.left === 0) {
      left.push(...batch)
      continue
    }
    try {
      await retried(
        () => {
          calls.left -= 1
          return bucket.delete(batch)
        },
        () => calls.left > 0,
      )
    } catch (error) {
      // R2 is not available: none of the objects is at fault.
      mayTry = !isTransient(error)
      const half = Math.ceil(batch.length / 2)
      if (mayTry && batch.length > 1) pending.push(batch.slice(half), batch.slice(0, half))
      else {
        logError('file_not_removed', error, { key: batch[0] })
        left.push(...batch)
      }
    }
  }
  return left
}
