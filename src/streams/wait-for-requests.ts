import { hasPendingRequests } from './pending-requests.ts'

/** The longest time that work waits before it goes on. */
const MOST_WAIT_MILLISECONDS = 15

/**
 * Lets other requests of this isolate come first, between two parts of long work. In a local run D1
 * works in the thread of the Worker, so that a request waits for each statement of the work.
 */
export async function waitForRequests(): Promise<void> {
  for (let waited = 0; waited < MOST_WAIT_MILLISECONDS; waited += 1) {
    await scheduler.wait(1)
    if (!hasPendingRequests(Date.now())) return
  }
}
