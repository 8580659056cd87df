import { logEvent } from './log.ts'

/** No attempt starts later than this after the first one. */
const DEADLINE_MILLISECONDS = 5000

/** The longest pause before the second attempt, and before the last one. Each may be twice as long as the one before it. */
const FIRST_PAUSE_MILLISECONDS = 50
const LAST_PAUSE_MILLISECONDS = 1600

/**
 * Makes a call of D1 or R2, and makes it again while it fails with an error that they document as transient. The pauses
 * grow exponentially and are random within their upper half, so that callers who failed together do not return together.
 *
 * Only for calls that may be made twice: after a lost response nobody knows whether the first one was carried out.
 *
 * @param mayRetry asked before each further attempt
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
 * What D1 says when the same statement may succeed a moment later (the list of errors in its documentation, "Debug D1").
 * "Overloaded" is among them because the pauses take load away. A statement that exceeds D1's memory or CPU time is not: it
 * would do so again.
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

/** InternalError, ServiceUnavailable, ClientDisconnect, TooManyRequests: R2's message ends with the number of its error. */
const R2_NUMBERS = /\((?:10001|10043|10054|10058)\)\W*$/

/** The runtime's own error, of both: `internal error; reference = …`. */
const INTERNAL_ERROR = /^(?:\w+: )?internal error(?:[.;]|$)/

/** Whether D1 or R2 document the error, or one that caused it, as one to be retried. */
export const isTransient = (error: unknown): boolean =>
  messagesOf(error).some(
    (message) =>
      D1_MESSAGES.some((part) => message.includes(part)) ||
      R2_NUMBERS.test(message) ||
      INTERNAL_ERROR.test(message),
  )

/** In lower case, the innermost cause last. */
const messagesOf = (error: unknown): string[] =>
  error instanceof Error ? [error.message.toLowerCase(), ...messagesOf(error.cause)] : []
