import { apiFor, type Api } from './api.ts'
import type { Fault } from './fault.ts'
import { messageOf, Refusal } from './refusal.ts'

const UNAUTHORIZED = 401

/** What one user does in this tab, from signing in to signing out. */
export type Session = {
  readonly api: Api
  readonly token: () => string
  /** Is aborted when the session ends. */
  readonly signal: AbortSignal
  /**
   * Does some work and shows beside it what went wrong. What fails after the end of the session is
   * not shown.
   */
  readonly run: (fault: Fault, task: () => Promise<void>) => Promise<void>
  /** Goes on with a newer token of the same user. */
  readonly renew: (token: string) => void
  /** Aborts all that is under way. */
  readonly end: () => void
}

/**
 * @param refused is called with the reason when the service does not accept the token, or no longer
 */
export function startSession(token: string, refused: (reason: string) => void): Session {
  const ended = new AbortController()
  const { signal } = ended
  let current = token

  async function run(fault: Fault, task: () => Promise<void>): Promise<void> {
    fault.clear()
    try {
      await task()
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Refusal && error.status === UNAUTHORIZED) refused(error.message)
      else fault.show(messageOf(error))
    }
  }

  return {
    api: apiFor(() => current, signal),
    token: () => current,
    signal,
    run,
    renew: (newer) => {
      current = newer
    },
    end: () => ended.abort(),
  }
}
