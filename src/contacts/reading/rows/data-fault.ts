/**
 * Whether a statement failed for what it met in the data: SQLite says so itself, with its code at
 * the end. Where D1 cannot be reached or is overloaded, there is no such code, and to read less
 * would not help.
 */
export function isDataFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return DATA_FAULT.test(error.message) || isDataFault(error.cause)
}

const DATA_FAULT = /\bSQLITE_(?:ERROR|TOOBIG|NOMEM|MISMATCH)\b|exceeded its CPU time limit/
