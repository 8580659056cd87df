/**
 * One line of JSON for the log. It holds what happened and where, never whose data it was: of an error of drizzle, which
 * quotes the statement's values, only the cause is told.
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

/** One line of JSON for the log: what happened, and figures. It holds nobody's data. */
export const logEvent = (event: string, facts: Readonly<Record<string, unknown>>) =>
  console.log(JSON.stringify({ event, ...facts }))

const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error
