import type { Column } from '../contacts/columns.ts'
import type { FileOptions } from '../export-logs/file-options.ts'
import { kindOfType, mailingExport, type ExportKind } from '../export-logs/export-kinds.ts'
import type { ExportLogRow } from '../export-logs/export-log.ts'
import { attachment } from '../http/content-disposition.ts'
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
  /** The name that a person has chosen, without the extension. */
  readonly chosenName: string | undefined
}

/** A file with the columns of its log, or with those of a kind of export where it names none. */
export const requestedFile = (
  log: ExportLogRow,
  kind: ExportKind,
  { columns = kind.columns }: FileOptions,
  requested: RequestedFormat,
  labels: LabelOptions | undefined,
  chosenName: string | undefined,
): RequestedFile => ({ log, kind, columns, requested, labels, chosenName })

/** The time that a file is of. Rows of other programs may lack `export_at`. */
export const exportTime = ({ exportAt, createdAt }: ExportLogRow): string => exportAt ?? createdAt

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
export function fileHeaders(file: RequestedFile): Record<string, string> {
  const { mediaType, extension } = file.requested.format
  return {
    'Content-Type': mediaType,
    'Content-Disposition': attachment(`${file.chosenName ?? ownName(file)}.${extension}`),
    'Cache-Control': 'private, no-cache',
  }
}

function ownName({ log, kind, labels }: RequestedFile): string {
  const day = exportTime(log).slice(0, 10).replaceAll('-', '')
  return `${labels ? LABELS_FILE_NAME : kind.fileName}-${day}`
}
