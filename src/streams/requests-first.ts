import { createMiddleware } from 'hono/factory'

/** A request that was not answered within this time waits for something else than its turn. */
const WAITING_MILLISECONDS = 150

/** What the response takes to leave. */
const LEAVING_MILLISECONDS = 8

/** When the requests came that have no response yet. One that was cut off stays here until it is too old to count. */
const arrivals = new Set<{ readonly at: number }>()

let answeredAt = 0

/** Notes each request until its response is ready, so that files can wait for it. */
export const requestsFirst = createMiddleware(async (_, next) => {
  const arrival = { at: Date.now() }
  arrivals.add(arrival)
  try {
    await next()
  } finally {
    arrivals.delete(arrival)
    answeredAt = Date.now()
  }
})

/** Whether this isolate has a request that has just come, or a response that is about to leave. */
export function requestsWait(now: number): boolean {
  for (const arrival of arrivals) {
    if (now - arrival.at < WAITING_MILLISECONDS) return true
    arrivals.delete(arrival)
  }
  return now - answeredAt < LEAVING_MILLISECONDS
}
