import { kindOfType, type ExportKind } from '../export-logs/export-kinds.ts'
import type { ExportLogRow } from '../export-logs/export-log.ts'
import type { FileName } from '../storage/object-key.ts'
import type { RequestedFormat } from './requested-format.ts'

/** A file of a log: with the columns of which kind, in which format. */
export type RequestedFile = {
  readonly log: ExportLogRow
  readonly kind: ExportKind
  readonly requested: RequestedFormat
}

/** The time that a file is of. Rows of other programs may lack `export_at`. */
export const exportTime = ({ exportAt, createdAt }: ExportLogRow): string => exportAt ?? createdAt

/** Where a file is kept. Its kind is named where it is not that of the log's own type. */
export const keptName = ({ log, kind, requested: { name } }: RequestedFile): FileName => ({
  exportLogId: log.id,
  variant: kind === kindOfType(log.type) ? name : `mailing.${name}`,
})

/** The headers of a file, kept or not. */
export function fileHeaders({ log, kind, requested }: RequestedFile): Record<string, string> {
  const { mediaType, extension } = requested.format
  const day = exportTime(log).slice(0, 10).replaceAll('-', '')
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${kind.fileName}-${day}.${extension}"`,
    'Cache-Control': 'private, no-cache',
  }
}
