import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { contactColumns, cellsOf } from '../../src/contacts/columns.ts'
import { contactOf } from '../../src/contacts/contact-pages.ts'
import { contactRow, type ContactRow } from '../../src/contacts/contact-rows.ts'
import { filterCondition } from '../../src/contacts/filter/filter-condition.ts'
import { readFilter } from '../../src/contacts/filter/read-filter.ts'
import { personRow, type PersonRow } from '../../src/contacts/person-rows.ts'
import { contacts } from '../../src/db/schema/index.ts'

/** The home country of every list of a bench. */
const HOME_COUNTRY = 'United States'

/** The SELECT that fills the cells of all contacts that the filter `{}` selects, in one go: each with its people. */
export function exportSelect(accountListId: string): string {
  const today = '2026-01-31'
  const read = readFilter({}, today)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { filter } = read
  const context = { given: filter.given, today }
  const member = sql`json_array(member.person_id, member.is_primary, (${personRow(sql`member.person_id`)}))`
  const query = sql`select (${contactRow(member)}) as contact from (
    select ${contacts.id} as value from ${contacts}
    where ${contacts.accountListId} = ${accountListId} and ${filterCondition(filter, context)}
    order by ${contacts.name}, ${contacts.id}) as page`
  return new SQLiteSyncDialect().sqlToQuery(query.inlineParams()).sql
}

type MemberWithPerson = readonly [id: string, isPrimary: number, person: PersonRow]
type Rest = ContactRow extends readonly [unknown, ...infer Others] ? Others : never

const readRow = (json: string): readonly [readonly MemberWithPerson[], ...Rest] => JSON.parse(json)

/** The cells of a row of that SELECT; none for a contact that is in no file. */
export function cellsOfJson(json: string, accountListId: string) {
  const list = { id: accountListId, homeCountry: HOME_COUNTRY, defaultCurrency: null }
  const [members, ...rest] = readRow(json)
  const people = new Map(members.map(([id, , person]) => [id, person]))
  const row: ContactRow = [members.map(([id, isPrimary]) => [id, isPrimary]), ...rest]
  const contact = contactOf('', row, people, new Map([[accountListId, list]]))
  return contact && cellsOf(contact, contactColumns)
}
