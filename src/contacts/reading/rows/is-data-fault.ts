/**
 * Whether a statement failed because of stored data: SQLite says so, with its code at the end of
 * the message. An error of D1 that is unreachable or overloaded has no such code, and reading less
 * would not help.
 */
export function isDataFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return DATA_FAULT.test(error.message) || isDataFault(error.cause)
}

const DATA_FAULT = /\bSQLITE_(?:ERROR|TOOBIG|NOMEM|MISMATCH)\b|exceeded its CPU time limit/
