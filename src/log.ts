/**
 * Logs an error as a line of JSON, without personal data: an error of drizzle quotes the values of
 * its statement, so that only its cause is logged.
 */
export function logError(
  event: string,
  error: unknown,
  facts: Readonly<Record<string, unknown>> = {},
) {
  const cause = innermost(error)
  console.error(
    JSON.stringify({
      event,
      ...facts,
      error: cause instanceof Error ? cause.message : String(cause),
      stack: cause instanceof Error ? cause.stack : undefined,
    }),
  )
}

/** Logs an event as a line of JSON. The facts must not contain personal data. */
export const logEvent = (event: string, facts: Readonly<Record<string, unknown>>) =>
  console.log(JSON.stringify({ event, ...facts }))

const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error
