import { createMiddleware } from 'hono/factory'

/** How long a file stays behind, at the most, at each of its chunks. */
const MOST_MILLISECONDS = 15

/** What has not been answered by then waits for something else than its turn. */
const WAITING_MILLISECONDS = 150

/** What the answer takes to leave. */
const LEAVING_MILLISECONDS = 8

/** Until when files stay behind, for the last request that came or was answered. */
let busyUntil = 0

/** Lets files give way to the request, until its answer has left. */
export const goesFirst = createMiddleware(async (_, next) => {
  busyUntil = Date.now() + WAITING_MILLISECONDS
  try {
    await next()
  } finally {
    busyUntil = Date.now() + LEAVING_MILLISECONDS
  }
})

/**
 * The step back of a file between two of its chunks: an isolate does one thing at a time, and a local D1 does it in the same
 * thread. Whatever has arrived has its turn, and a request is answered before the file goes on.
 */
export async function giveWay(): Promise<void> {
  for (let waited = 0; waited < MOST_MILLISECONDS; waited += 1) {
    await scheduler.wait(1)
    if (Date.now() >= busyUntil) return
  }
}
