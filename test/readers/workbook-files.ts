import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contactColumns, mailingColumns } from '../../src/contacts/columns.ts'
import { tableLayout } from '../../src/export-files/layouts/table-layout.ts'
import { joinBytes } from '../../src/streams/join-bytes.ts'
import { workbookWriter } from '../../src/formats/workbook-writer.ts'
import { mailingContact } from '../helpers/mailing-contact.ts'

/** Small and large workbooks of both kinds, one without rows, one of two sheets. */
const SHEETS = [
  {
    name: 'contacts',
    title: 'Contacts',
    columns: contactColumns,
    contacts: 20,
    rowsOfASheet: 1000,
  },
  {
    name: 'mailing',
    title: 'Contacts Mailing',
    columns: mailingColumns,
    contacts: 20,
    rowsOfASheet: 1000,
  },
  {
    name: 'large',
    title: 'Contacts',
    columns: contactColumns,
    contacts: 50_000,
    rowsOfASheet: 1_048_576,
  },
  {
    name: 'two-sheets',
    title: 'Contacts',
    columns: contactColumns,
    contacts: 20,
    rowsOfASheet: 12,
  },
  { name: 'empty', title: 'Contacts', columns: contactColumns, contacts: 0, rowsOfASheet: 1000 },
]

const CONTACTS = [
  mailingContact({
    name: 'Doe, John & Jane',
    pledgeAmount: 1234.5,
    tags: ['a', 'b'],
    accountListName: 'Smith Ministry',
    homeCountry: 'United States',
    address: {
      street: 'Hauptstraße 1\nHinterhaus',
      city: 'Wien',
      state: null,
      postalCode: '01010',
      country: 'Austria',
    },
  }),
  mailingContact({ name: '  <b>_x0041_ \u0001\ud800😀\n教会 ' }),
]

/** Writes the workbooks. @returns their paths, and how many rows they have, the headings' included */
export async function workbookFiles(folder: string) {
  const files: { readonly path: string; readonly rows: number }[] = []
  for (const { name, title, columns, contacts, rowsOfASheet } of SHEETS) {
    const path = join(folder, `${name}.xlsx`)
    const writer = workbookWriter({ title, columns, madeAt: new Date(0) }, rowsOfASheet)
    const cells = CONTACTS.map(tableLayout(columns).rowOf)
    const rows = Array.from({ length: contacts }, (_, index) => cells[index % cells.length] ?? [])
    await writeFile(
      path,
      joinBytes([await writer.start(), await writer.write(rows), await writer.end()]),
    )
    const sheets = Math.max(1, Math.ceil(contacts / (rowsOfASheet - 1)))
    files.push({ path, rows: contacts + sheets })
  }
  return files
}
