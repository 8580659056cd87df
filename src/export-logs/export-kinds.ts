import { contactColumns, mailingColumns, type Column } from '../contacts/columns.ts'

/** A kind of export: the type and path of its logs, and the columns and name of its files. */
export type ExportKind = {
  readonly type: string
  readonly path: string
  readonly columns: readonly Column[]
  readonly fileName: string
}

/** As in MPDX. */
export const contactsExport: ExportKind = {
  type: 'Contacts',
  path: '/api/v2/contacts/exports',
  columns: contactColumns,
  fileName: 'contacts',
}

export const mailingExport: ExportKind = {
  type: 'Contacts Mailing',
  path: '/api/v2/contacts/exports/mailing',
  columns: mailingColumns,
  fileName: 'contacts-mailing',
}

/** The kind of a log's own files. Files of older logs, of other types, are of contacts. */
export const kindOfType = (type: string | null): ExportKind =>
  type === mailingExport.type ? mailingExport : contactsExport
