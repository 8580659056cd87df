import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import {
  addresses,
  contactDonorAccounts,
  contactPeople,
  contacts,
  contactTags,
  donorAccounts,
} from '../db/schema/index.ts'

/** A contact as it comes from the database, with all that belongs to it but what its people are. */
export type ContactRow = readonly [
  /** In the order of membership. */
  members: readonly MemberRow[],
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
  namesDonorAccount: number,
]

export type AddressRow = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
  country: string | null,
]

type MemberRow = readonly [personId: string, isPrimary: number]

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

/** The people of the contact, in the order of membership. @param member what is told of each */
const members = (member: SQL) => sql`(
  select json_group_array(${member}) from (
    select ${contactPeople.personId} as person_id, ${contactPeople.isPrimary} as is_primary from ${contactPeople}
    where ${contactPeople.contactId} = ${contacts.id} order by ${contactPeople.createdAt}, ${contactPeople.id}) as member)`

/** Asked only of names with parentheses: nobody else's envelope depends on it. */
const namesDonorAccount = sql`(instr(${contacts.name}, '(') > 0 and exists (
  select 1 from ${contactDonorAccounts} join ${donorAccounts} on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  where ${contactDonorAccounts.contactId} = ${contacts.id} and ${donorAccounts.name} = ${contacts.name}))`

/**
 * The contact whose id is `page.value`, as one JSON array, which is made, sent and read in half the time that columns of
 * values and arrays take. Each child table is read once, by an index that holds all that is wanted of it.
 *
 * @param member what is told of each of its people
 */
export const contactRow = (member = sql`json_array(member.person_id, member.is_primary)`) => sql`
  select json_array(${members(member)}, ${contacts.accountListId}, ${contacts.name}, ${contacts.greeting}, ${contacts.envelopeGreeting},
    ${contacts.isOrganization}, ${contacts.status}, ${exactly(contacts.pledgeAmount)}, ${contacts.pledgeCurrency},
    ${exactly(contacts.pledgeFrequency)}, ${contacts.pledgeReceived}, ${contacts.sendNewsletter}, ${tags},
    json(${mailingAddress}), ${namesDonorAccount})
  from ${contacts} indexed by contacts_in_files where ${contacts.id} = page.value`
