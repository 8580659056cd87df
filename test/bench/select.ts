import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { contactColumns } from '../../src/contacts/columns.ts'
import { tableLayout } from '../../src/export-files/layouts/table-layout.ts'
import { contactOfRow, type ContactRow } from '../../src/contacts/reading/rows/contact-of-row.ts'
import { contactRow } from '../../src/contacts/reading/rows/contact-rows.ts'
import { compileFilter } from '../../src/contacts/filter/compile.ts'
import { readFilter } from '../../src/contacts/filter/filter.ts'
import { SHORT_TEXT_BYTES } from '../../src/contacts/reading/rows/text-marks.ts'
import { contacts } from '../../src/db/schema/index.ts'

/** The home country of every list of a bench. */
const HOME_COUNTRY = 'United States'

/** The SELECT that fills the cells of all contacts that the filter `{}` selects, in one go: each with its people. */
export function exportSelect(accountListId: string): string {
  const today = '2026-01-31'
  const read = readFilter({}, today)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { filter } = read
  const query = sql`select (${contactRow(SHORT_TEXT_BYTES)}) as contact from (
    select ${contacts.id} as value from ${contacts}
    where ${contacts.accountListId} = ${accountListId} and ${compileFilter(filter, today)}
    order by ${contacts.name}, ${contacts.id}) as page`
  return new SQLiteSyncDialect().sqlToQuery(query.inlineParams()).sql
}

const readRow = (json: string): ContactRow => JSON.parse(json)

/** The cells of a row of that SELECT; none for a contact that is in no file. */
export function cellsOfJson(json: string, accountListId: string) {
  const list = { id: accountListId, name: null, homeCountry: HOME_COUNTRY, defaultCurrency: null }
  const contact = contactOfRow('', readRow(json), new Map([[accountListId, list]]))
  return contact && tableLayout(contactColumns).rowOf(contact)
}
