import type { Column } from '../contacts/columns.ts'
import type { FileOptions } from '../export-logs/file-options.ts'
import { kindOfType, mailingExport, type ExportKind } from '../export-logs/export-kinds.ts'
import type { ExportLogRow } from '../export-logs/export-log.ts'
import type { LabelOptions } from '../formats/labels.ts'
import type { FileName } from '../storage/object-key.ts'
import type { RequestedFormat } from './requested-format.ts'

const LABELS_FILE_NAME = 'contacts-labels'

/** A file of a log: with which columns, in which format. */
export type RequestedFile = {
  readonly log: ExportLogRow
  /** The kind of export that names the file. */
  readonly kind: ExportKind
  readonly columns: readonly Column[]
  readonly requested: RequestedFormat
  /** How labels are printed, in a format that has labels. */
  readonly labels: LabelOptions | undefined
}

/** A file with the columns of its log, or with those of a kind of export where it names none. */
export const requestedFile = (
  log: ExportLogRow,
  kind: ExportKind,
  { columns = kind.columns }: FileOptions,
  requested: RequestedFormat,
  labels: LabelOptions | undefined,
): RequestedFile => ({ log, kind, columns, requested, labels })

/** The time that a file is of. Rows of other programs may lack `export_at`. */
export const exportTime = ({ exportAt, createdAt }: ExportLogRow): string => exportAt ?? createdAt

/**
/**
 * Where a file is kept. A kind of export is named where the file has its columns and the log is of
 * another type. Labels are the same for every kind.
 */
export const keptName = ({
  log,
  columns,
  requested: { name },
  labels,
}: RequestedFile): FileName => ({
  exportLogId: log.id,
  variant:
    !labels && columns === mailingExport.columns && kindOfType(log.type) !== mailingExport
      ? `mailing.${name}`
      : name,
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
