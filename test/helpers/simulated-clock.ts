import type { Clock } from '../../src/export-files/file-scheduler.ts'

/** A clock whose time passes only in `run`, which lets everything happen in its order. */
export function simulatedClock(hasPendingRequests: (now: number) => boolean = () => false) {
  let now = Date.now()
  let timers: { readonly at: number; readonly resolve: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    wait: (milliseconds) =>
      new Promise((resolve) => {
        timers.push({ at: now + milliseconds, resolve })
      }),
    hasPendingRequests,
  }
  return {
    clock,
    /** Runs until the work is done. @returns how long that took, in milliseconds of this clock */
    run: async (work: Promise<unknown>): Promise<number> => {
      const start = now
      let isDone = false
      void work.then(
        () => (isDone = true),
        () => (isDone = true),
      )
      for (;;) {
        for (let count = 0; count < 50; count += 1) await Promise.resolve()
        if (isDone) break
        const at = Math.min(...timers.map((timer) => timer.at))
        if (at === Infinity) throw new Error('Nothing will ever happen.')
        now = at
        const due = timers.filter((timer) => timer.at <= now)
        timers = timers.filter((timer) => timer.at > now)
        for (const { resolve } of due) resolve()
      }
      await work
      return now - start
    },
  }
}
