import type { Filter } from '../contacts/filter/filter.ts'
import type { Database } from '../db/client.ts'
import { conflict, forbidden, tooManyRequests } from '../http/errors.ts'
import type { Settings } from '../settings/read-settings.ts'
import { accountListsInScope } from './account-lists-in-scope.ts'
import type { ExportKind } from './export-kinds.ts'
import { fitsQuota, logUsage, type LogQuota } from './log-quota.ts'
import { insertLog, ownLogById, takenId } from './insert-log.ts'
import { readableAccountLists } from './readable-account-lists.ts'
import type { ExportLogRow } from './export-log.ts'
import { isRepeatedLog } from './is-repeated-log.ts'

/** When to try again. The sweep removes expired logs within a day. */
const QUOTA_SECONDS = 86_400

/** The members of a log that a client may set. */
type GivenLog = {
  readonly id?: string | undefined
  readonly params: unknown
  readonly createdAt?: string | undefined
  readonly updatedAt?: string | undefined
}

/** The row of a new log. */
export const logRow = (
  kind: ExportKind,
  userId: string,
  now: string,
  { id = crypto.randomUUID(), params, createdAt = now, updatedAt = now }: GivenLog,
): ExportLogRow => ({
  id,
  type: kind.type,
  params: JSON.stringify(params),
  userId,
  exportAt: now,
  createdAt,
  updatedAt,
  updatedInDbAt: now,
})

/** A log to be added for a user. */
export type WantedLog = {
  readonly log: ExportLogRow
  readonly filter: Filter
  /** The user that the client's document names. */
  readonly documentUserId?: string | undefined
  readonly settings: Pick<Settings, 'logQuota' | 'logRetentionDays'>
}

/**
 * Adds a log in one round trip. When an equal request has added it before, that log is returned,
 * because the response to it may have been lost.
 *
 * @returns the log, and the account lists whose contacts its filter may select
 * @throws HttpError 429 when the quota is exceeded, 409 for an id that is taken, 403 for another
 *   user, 404 for an account list
 */
export async function makeLog(
  database: Database,
  { log, filter, documentUserId = log.userId, settings }: WantedLog,
): Promise<{ readonly log: ExportLogRow; readonly accountListIds: readonly string[] }> {
  const isOwn = documentUserId === log.userId
  // Safe to retry: a log that an earlier attempt has added is recognised as a repetition.
  const [[earlier], taken, readable, [usage], added] = await database.retry(() =>
    database.batch([
      ownLogById(database, log.id, log.userId),
      takenId(database, log.id),
      readableAccountLists(database, log.userId),
      logUsage(database, log.userId),
      insertLog(database, log, {
        isOwn,
        accountListIds: filter.accountListIds ?? [],
        quota: settings.logQuota,
      }),
    ]),
  )
  const readableIds = readable.map(({ id }) => id)
  if (earlier && isOwn && isRepeatedLog(log, earlier)) {
    return { log: earlier, accountListIds: accountListsInScope(filter, readableIds) }
  }
  if (usage && !fitsQuota(usage, log, settings.logQuota)) throw quotaExceeded(usage, settings)
  if (taken.length > 0) {
    throw conflict({ detail: `The id '${log.id}' is taken.`, source: { pointer: '/data/id' } })
  }
  if (!isOwn) {
    throw forbidden({
      detail: 'A log can only be made for the user of the token.',
      source: { pointer: '/data/relationships/user/data/id' },
    })
  }
  const accountListIds = accountListsInScope(filter, readableIds)
  if (added.length === 0) throw new Error('The log was not added for an unknown reason.')
  return { log, accountListIds }
}

function quotaExceeded(
  usage: LogQuota,
  { logQuota: quota, logRetentionDays }: WantedLog['settings'],
) {
  const full =
    usage.logs >= quota.logs
      ? `You have ${usage.logs} exports, and the limit is ${quota.logs}.`
      : `The params of your exports use ${usage.bytes} of ${quota.bytes} bytes. These do not fit.`
  const wait =
    logRetentionDays === undefined
      ? ''
      : `, or wait: exports are removed after ${logRetentionDays} days`
  return tooManyRequests(QUOTA_SECONDS, `${full} Delete some${wait}.`)
}
