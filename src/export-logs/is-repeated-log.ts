import { isDeepStrictEqual } from 'node:util'
import type { ExportLogRow } from './export-log.ts'

/**
 * Whether the request that would make a log is the one that has made an earlier log of the same user and id: of the same
 * type, with the same times, and params of the same content, in whatever order their members are.
 */
export const isRepeatedLog = (log: ExportLogRow, earlier: ExportLogRow): boolean =>
  log.type === earlier.type &&
  givenTime(log.createdAt, log) === givenTime(earlier.createdAt, earlier) &&
  givenTime(log.updatedAt, log) === givenTime(earlier.updatedAt, earlier) &&
  isDeepStrictEqual(parsed(log.params), parsed(earlier.params))

/** A time that the client does not give is the time of the `POST`, which differs from one request to the next. */
const givenTime = (time: string, { exportAt }: ExportLogRow): string | undefined =>
  time === exportAt ? undefined : time

/** Other programs write params, too: those that are no JSON equal no client's. */
function parsed(params: string | null): unknown {
  try {
    const value: unknown = JSON.parse(params ?? 'null')
    return value
  } catch {
    return undefined
  }
}
