import { isDeepStrictEqual } from 'node:util'
import type { ExportLogRow } from './export-log.ts'

/**
 * Whether a request is a repetition of the one that made an earlier log of the same user and id:
 * the type, the times and the content of the params are equal. The order of members does not
 * matter.
 */
export const isRepeatedLog = (log: ExportLogRow, earlier: ExportLogRow): boolean =>
  log.type === earlier.type &&
  givenTime(log.createdAt, log) === givenTime(earlier.createdAt, earlier) &&
  givenTime(log.updatedAt, log) === givenTime(earlier.updatedAt, earlier) &&
  isDeepStrictEqual(parsed(log.params), parsed(earlier.params))

/** A time that the client does not give is that of the `POST`, which differs between requests. */
const givenTime = (time: string, { exportAt }: ExportLogRow): string | undefined =>
  time === exportAt ? undefined : time

/** Other programs write params, too. Params that are not JSON are not equal to any client's. */
function parsed(params: string | null): unknown {
  try {
    const value: unknown = JSON.parse(params ?? 'null')
    return value
  } catch {
    return undefined
  }
}
