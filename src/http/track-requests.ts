import { createMiddleware } from 'hono/factory'
import { addPendingRequest } from '../streams/pending-requests.ts'

/**
 * Counts each request as pending until its response is ready, so that long work can yield to it.
 */
export const trackRequests = createMiddleware(async (_, next) => {
  const isDone = addPendingRequest()
  try {
    await next()
  } finally {
    isDone()
  }
})
