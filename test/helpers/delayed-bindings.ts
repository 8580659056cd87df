import { wrapBindings, type BindingCall } from './wrap-bindings.ts'

/** A call, and how many calls came before it, one after another. */
type OrderedCall = BindingCall & { readonly depth: number }

/**
 * The bindings, in which each call waits, as for a round trip, and which count the calls that come
 * one after another: those that begin when an earlier one has ended.
 *
 * @param milliseconds how long each call waits before it is made
 */
export function delayedBindings(
  bindings: { readonly DB: D1Database; readonly FILES: R2Bucket },
  milliseconds: number,
) {
  const calls: OrderedCall[] = []
  let ended = 0
  const wrapped = wrapBindings(bindings, async (call, make) => {
    const depth = ended + 1
    calls.push({ ...call, depth })
    try {
      if (milliseconds > 0) await scheduler.wait(milliseconds)
      return await make()
    } finally {
      ended = Math.max(ended, depth)
    }
  })
  return {
    ...wrapped,
    /** All calls so far. */
    calls,
    /** How many calls have ended so far, one after another. */
    inSequence: () => ended,
  }
}
