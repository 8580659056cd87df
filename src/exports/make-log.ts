import type { Filter } from '../contacts/filter/read-filter.ts'
import type { Database } from '../db/client.ts'
import { conflict, forbidden } from '../http/errors.ts'
import { accountListsInScope } from './access.ts'
import type { ExportKind } from './export-kinds.ts'
import { insertExportLog, readableAccountLists, takenId, type ExportLogRow } from './export-logs.ts'

/** What a client may say of its log; the rest is ours to say. */
type GivenLog = {
  readonly id?: string | undefined
  readonly params: unknown
  readonly createdAt?: string | undefined
  readonly updatedAt?: string | undefined
}

/** The row of a log that is made now. */
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

/**
 * Adds a log, in one round trip.
 *
 * @param documentUserId the user whom the client's document names, if it does
 * @returns the account lists whose contacts its filter may select
 * @throws HttpError 409 for an id that is taken, 403 for another user than the log's, 404 for an account list
 */
export async function makeLog(
  database: Database,
  log: ExportLogRow,
  filter: Filter,
  documentUserId = log.userId,
): Promise<readonly string[]> {
  const isOwn = documentUserId === log.userId
  const [taken, readable, added] = await database.batch([
    takenId(database, log.id),
    readableAccountLists(database, log.userId),
    insertExportLog(database, log, isOwn, filter.accountListIds ?? []),
  ])
  if (taken.length > 0) {
    throw conflict({ detail: `The id '${log.id}' is taken.`, source: { pointer: '/data/id' } })
  }
  if (!isOwn) {
    throw forbidden({
      detail: 'A log belongs to the user whose token makes it.',
      source: { pointer: '/data/relationships/user/data/id' },
    })
  }
  const accountListIds = accountListsInScope(
    filter,
    readable.map(({ id }) => id),
  )
  if (added.length === 0) throw new Error('The log was not added, and nothing says why.')
  return accountListIds
}
