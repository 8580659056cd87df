import { forbidden, notFound } from '../http/errors.ts'
import type { ExportLogRow } from './export-log.ts'

/**
 * Checks that a log was found and belongs to the caller.
 *
 * @throws HttpError 404 when there is none, 403 when it is another user's
 */
export function ownLog<Log extends ExportLogRow>(
  log: Log | undefined,
  id: string,
  userId: string,
): Log {
  if (!log) {
    const detail = `Resource 'ExportLog' with id '${id}' does not exist.`
    throw notFound(
      { detail },
      'This export is not there, it may have been deleted: make a new one.',
    )
  }
  if (log.userId === userId) return log
  throw forbidden({
    detail: `Not allowed to perform that action on the resource with ID ${id} of type export_logs`,
  })
}
