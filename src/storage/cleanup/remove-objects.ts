import { logError } from '../../log.ts'
import { isTransient, retry } from '../../retry.ts'

/** After how many faults a batch is given up. */
const MAXIMUM_FAULTS = 10

/**
 * Removes objects: all in one call, and after a fault in halves, so that a fault at one object does
 * not block the others. Transient faults are retried. After one that persists, or several other
 * faults, the rest is left.
 *
 * @param calls how many calls to R2 are left; each call is subtracted
 * @returns the keys of the objects that are left
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
      await retry(
        () => {
          calls.left -= 1
          return bucket.delete(batch)
        },
        () => calls.left > 0,
      )
    } catch (error) {
      // After a persistent transient fault R2 is unavailable, and no single object is at fault.
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
