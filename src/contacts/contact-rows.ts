import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Database } from '../db/client.ts'
import {
  addresses,
  contactDonorAccounts,
  contactPeople,
  contacts,
  contactTags,
  donorAccounts,
  emailAddresses,
  people,
  phoneNumbers,
} from '../db/schema/index.ts'

/** A contact as it comes from the database, with all that belongs to it. */
export type ContactRow = readonly [
  accountListId: string,
  name: string,
  greeting: string | null,
  envelopeGreeting: string | null,
  isOrganization: number,
  status: string | null,
  pledgeAmount: string,
  pledgeCurrency: string | null,
  pledgeFrequency: string,
  pledgeReceived: number,
  sendNewsletter: string | null,
  /** In code-point order. */
  tags: readonly string[],
  address: AddressRow | null,
  /** In the order of membership. */
  members: readonly MemberRow[],
  namesDonorAccount: number,
]

export type AddressRow = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
  country: string | null,
]

export type MemberRow = readonly [
  personId: string,
  firstName: string | null,
  lastName: string | null,
  gender: string | null,
  deceased: number,
  createdAt: string,
  isPrimary: number,
  emails: readonly ReachableRow[],
  phones: readonly ReachableRow[],
]

/** An e-mail address or a phone number. */
export type ReachableRow = readonly [value: string | null, isPrimary: number]

/**
 * The contacts with these ids, in their order; nothing where one has been deleted. Ids in ascending order find more of the
 * indexes in memory.
 */
export async function contactRows(
  database: Database,
  ids: readonly string[],
): Promise<(ContactRow | undefined)[]> {
  const rows = await database.values<[json: string | null]>(
    sql`select (${contactRow}) as contact from json_each(${JSON.stringify(ids)}) as page order by page.rowid`,
  )
  return rows.map(([json]) => (json === null ? undefined : readRow(json)))
}

/** What our own SQL has put together. */
export const readRow = (json: string): ContactRow => JSON.parse(json)

/** A number as a text of all its digits: in JSON, SQLite writes no more than 15 of them. */
const exactly = (column: SQLiteColumn): SQL => sql`quote(${column})`

const tags = sql`(
  select json_group_array(name) from (
    select ${contactTags.name} as name from ${contactTags} where ${contactTags.contactId} = ${contacts.id}
    order by ${contactTags.name}))`

/** Of the addresses that are neither deleted nor historic the primary one, failing that the first. */
const mailingAddress = sql`(
  select json_array(${addresses.street}, ${addresses.city}, ${addresses.state}, ${addresses.postalCode},
    ${addresses.country})
  from ${addresses}
  where ${addresses.contactId} = ${contacts.id} and ${addresses.deleted} = 0 and ${addresses.historic} = 0
  order by ${addresses.primaryMailingAddress} desc, ${addresses.createdAt}, ${addresses.id} limit 1)`

/**
 * Two at the most: the primary one, of several the first, historic or not; and of the others that are not historic the first,
 * primary ones before others.
 */
const firstTwo = (table: typeof emailAddresses | typeof phoneNumbers, value: SQLiteColumn) => sql`(
  select json_group_array(json_array(value, is_primary)) from (
    select ${value} as value, ${table.isPrimary} as is_primary from ${table}
    where ${table.personId} = ${people.id} and (${table.historic} = 0 or ${table.isPrimary} = 1 and ${table.id} = (
      select marked.id from ${table} as marked where marked.person_id = ${people.id} and marked.is_primary = 1
      order by marked.created_at, marked.id limit 1))
    order by ${table.isPrimary} desc, ${table.createdAt}, ${table.id} limit 2))`

const person = sql`
  select json_array(${people.id}, ${people.firstName}, ${people.lastName}, ${people.gender}, ${people.deceased},
    ${people.createdAt}, member.is_primary, ${firstTwo(emailAddresses, emailAddresses.email)},
    ${firstTwo(phoneNumbers, phoneNumbers.number)})
  from ${people} indexed by people_in_files where ${people.id} = member.person_id`

const members = sql`(
  select json_group_array((${person})) from (
    select ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary from ${contactPeople}
    where ${contactPeople.contactId} = ${contacts.id} order by ${contactPeople.createdAt}, ${contactPeople.id}) as member)`

/** Asked only of names with parentheses: nobody else's envelope depends on it. */
const namesDonorAccount = sql`(instr(${contacts.name}, '(') > 0 and exists (
  select 1 from ${contactDonorAccounts} join ${donorAccounts} on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  where ${contactDonorAccounts.contactId} = ${contacts.id} and ${donorAccounts.name} = ${contacts.name}))`

/**
 * The contact whose id is `page.value`, as one JSON array, which is made, sent and read in half the time that columns of
 * values and arrays take. Each child table is read once, by an index that holds all that is wanted of it.
 */
export const contactRow = sql`
  select json_array(${contacts.accountListId}, ${contacts.name}, ${contacts.greeting}, ${contacts.envelopeGreeting},
    ${contacts.isOrganization}, ${contacts.status}, ${exactly(contacts.pledgeAmount)}, ${contacts.pledgeCurrency},
    ${exactly(contacts.pledgeFrequency)}, ${contacts.pledgeReceived}, ${contacts.sendNewsletter}, ${tags},
    json(${mailingAddress}), ${members}, ${namesDonorAccount})
  from ${contacts} indexed by contacts_in_files where ${contacts.id} = page.value`
