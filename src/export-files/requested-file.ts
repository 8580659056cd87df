import { kindOfType, type ExportKind } from '../export-logs/export-kinds.ts'
import type { ExportLogRow } from '../export-logs/export-log.ts'
import type { LabelOptions } from '../formats/labels.ts'
import type { FileName } from '../storage/object-key.ts'
import type { RequestedFormat } from './requested-format.ts'

const LABELS_FILE_NAME = 'contacts-labels'

/** A file of a log: with the columns of which kind, in which format. */
export type RequestedFile = {
  readonly log: ExportLogRow
  readonly kind: ExportKind
  readonly requested: RequestedFormat
  /** How labels are printed, in a format that has labels. */
  readonly labels: LabelOptions | undefined
}

/** The time that a file is of. Rows of other programs may lack `export_at`. */
export const exportTime = ({ exportAt, createdAt }: ExportLogRow): string => exportAt ?? createdAt

/**
 * Where a file is kept. Its kind is named where it is not that of the log's own type. Labels are the
 * same for every kind.
 */
export const keptName = ({ log, kind, requested, labels }: RequestedFile): FileName => ({
  exportLogId: log.id,
  variant: labels || kind === kindOfType(log.type) ? requested.name : `mailing.${requested.name}`,
})

/** The headers of a file, kept or not. */
export function fileHeaders({
  log,
  kind,
  requested,
  labels,
}: RequestedFile): Record<string, string> {
  const { mediaType, extension } = requested.format
  const day = exportTime(log).slice(0, 10).replaceAll('-', '')
  const name = labels ? LABELS_FILE_NAME : kind.fileName
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${name}-${day}.${extension}"`,
    'Cache-Control': 'private, no-cache',
  }
}
