import type { Filter } from '../contacts/filter/filter.ts'
import { forbidden, notFound } from '../http/errors.ts'
import type { ExportLogRow } from './export-log-queries.ts'

/**
 * The log that was found, if it is the caller's.
 *
 * @throws HttpError 404 when there is none, 403 when it is somebody else's
 */
export function ownLog<Log extends ExportLogRow>(
  log: Log | undefined,
  id: string,
  userId: string,
): Log {
  if (!log) {
    const detail = `Resource 'ExportLog' with id '${id}' does not exist.`
    throw notFound({ detail }, 'It may have been deleted. Make a new export in the application.')
  }
  if (log.userId === userId) return log
  throw forbidden({
    detail: `Not allowed to perform that action on the resource with ID ${id} of type export_logs`,
  })
}

/**
 * The account lists whose contacts a filter may select: those it names, else all that the caller may read.
 *
 * @throws HttpError 404 for one that does not exist or that the caller may not read: the same words for both
 */
export function accountListsInScope(
  filter: Filter,
  readable: readonly string[],
): readonly string[] {
  if (!filter.accountListIds) return readable
  const isReadable = new Set(readable)
  const missing = filter.accountListIds.find((id) => !isReadable.has(id))
  if (missing === undefined) return filter.accountListIds
  throw notFound({ detail: `Resource 'AccountList' with id '${missing}' does not exist.` })
}
