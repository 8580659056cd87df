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
    throw notFound({ detail }, 'It may have been deleted. Make a new export in the application.')
  }
  if (log.userId === userId) return log
  throw forbidden({
    detail: `Not allowed to perform that action on the resource with ID ${id} of type export_logs`,
  })
}
