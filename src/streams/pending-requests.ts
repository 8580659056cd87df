/** A request without a response after this time waits for something other than its turn. */
const PENDING_MILLISECONDS = 150

/** The time that a response takes to leave. */
const SENDING_MILLISECONDS = 8

/** The requests of this isolate without a response. An aborted one stays until it is too old. */
const pending = new Set<{ readonly at: number }>()

let respondedAt = 0

/** Counts a request as pending. @returns to be called when its response is ready */
export function addPendingRequest(): () => void {
  const request = { at: Date.now() }
  pending.add(request)
  return () => {
    pending.delete(request)
    respondedAt = Date.now()
  }
}

/** Whether this isolate has just received a request, or is about to send a response. */
export function hasPendingRequests(now: number): boolean {
  for (const request of pending) {
    if (now - request.at < PENDING_MILLISECONDS) return true
    pending.delete(request)
  }
  return now - respondedAt < SENDING_MILLISECONDS
}
