import { contactColumns, mailingColumns, type Column } from '../contacts/columns.ts'

/** A kind of export: the type of its logs, where it lives, what its files hold and are called. */
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

/** The kind of a log's own files. Older logs have other types; their files have the columns of contacts. */
export const kindOfType = (type: string | null): ExportKind =>
  type === mailingExport.type ? mailingExport : contactsExport
