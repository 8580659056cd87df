import { logEvent } from './log.ts'

/** Later than this after the first attempt no other one starts. */
const DEADLINE_MILLISECONDS = 5000

/** The longest pause before the second attempt and before the last one. It doubles each time. */
const FIRST_PAUSE_MILLISECONDS = 50
const LAST_PAUSE_MILLISECONDS = 1600

/**
 * Calls D1, R2 or the static assets, and retries while the call fails with a transient error.
 * The pauses grow exponentially, with jitter in their upper half.
 *
 * Only for idempotent calls: after a lost response it is unknown whether the call took effect.
 *
 * @param mayRetry called before each further attempt
 * @throws the error of the last attempt
 */
export async function retry<Result>(
  call: () => PromiseLike<Result>,
  mayRetry: () => boolean = () => true,
): Promise<Result> {
  const deadline = Date.now() + DEADLINE_MILLISECONDS
  for (let longest = FIRST_PAUSE_MILLISECONDS; ; longest *= 2) {
    try {
      return await call()
    } catch (error) {
      const pause = (longest * (1 + Math.random())) / 2
      const isLate = longest > LAST_PAUSE_MILLISECONDS || Date.now() + pause > deadline
      if (!isTransient(error) || isLate || !mayRetry()) throw error
      logEvent('retried', { error: messagesOf(error).at(-1) })
      await scheduler.wait(pause)
    }
  }
}

/**
 * Messages of D1 after which the same statement may succeed (the list of errors in its
 * documentation, "Debug D1"). "Overloaded" is one, since the pauses reduce the load. An exceeded
 * memory or CPU limit is not: the statement would exceed it again.
 */
const D1_MESSAGES = [
  'network connection lost',
  'caused object to be reset',
  'reset because its code was updated',
  'cannot resolve d1 db due to transient issue',
  "can't read from request stream because client disconnected",
  'replica disconnected from primary',
  'd1 db is overloaded',
]

/**
 * R2's InternalError, ServiceUnavailable, ClientDisconnect and TooManyRequests: the message ends in
 * the code.
 */
const R2_CODES = /\((?:10001|10043|10054|10058)\)\W*$/

/** The static assets: see `label-fonts.ts`. */
const ASSET_STATUS = /^static asset \S+ responded with 5\d\d/

/** The runtime's own error, for both: `internal error; reference = …`. */
const INTERNAL_ERROR = /^(?:\w+: )?internal error(?:[.;]|$)/

/** Whether D1 or R2 document the error, or one of its causes, as transient, or assets may be. */
export const isTransient = (error: unknown): boolean =>
  messagesOf(error).some(
    (message) =>
      D1_MESSAGES.some((part) => message.includes(part)) ||
      R2_CODES.test(message) ||
      ASSET_STATUS.test(message) ||
      INTERNAL_ERROR.test(message),
  )

/** In lower case, the innermost cause last. */
const messagesOf = (error: unknown): string[] =>
  error instanceof Error ? [error.message.toLowerCase(), ...messagesOf(error.cause)] : []
