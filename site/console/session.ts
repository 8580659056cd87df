import { apiFor, type Api } from './api.ts'
import type { Fault } from './page/fault.ts'
import { messageOf, Refusal } from './page/refusal.ts'

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
  /** Names the session among those of this tab. It is no secret. */
  readonly name: string
  /** Calls when the session is about to end, while its token is still good. */
  readonly onEnd: (task: () => void) => void
  /** Aborts all that is under way. */
  readonly end: () => void
}

/**
 * @param refused is called with the reason when the service does not accept the token, or no longer
 */
export function startSession(
  token: string,
  name: string,
  refused: (reason: string) => void,
): Session {
  const ended = new AbortController()
  const last: (() => void)[] = []
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
    name,
    onEnd: (task) => {
      last.push(task)
    },
    end: () => {
      for (const task of last) task()
      ended.abort()
    },
  }
}
