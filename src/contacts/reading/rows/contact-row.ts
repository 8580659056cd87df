import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import {
  addresses,
  contactDonorAccounts,
  contacts,
  contactTags,
  donorAccounts,
} from '../../../db/schema/index.ts'
import { peopleRows } from './people-rows.ts'
import { addressArray, contactArray } from './row-arrays.ts'
import { markOf, TAGS_COLUMN, textOrMark } from './text-marks.ts'

/**
 * The version of the rows below. Raise it with every change of what is in them, so that cards of an
 * earlier version are not read.
 */
export const ROW_VERSION = 1

/**
 * The SQL of a contact as one JSON array, for a statement that reads the table `contacts`. It is
 * the only place that knows how a contact is read: what files show of it comes from here, whether
 * it is kept in a card or not. One array takes half the time of columns of values and arrays.
 *
 * @param most the bytes of the longest text that is no mark
 */
export const contactRow = (most: number): SQL =>
  contactArray({
    people: peopleRows(most),
    accountListId: sql`${contacts.accountListId}`,
    name: textOrMark(contacts.name, most),
    greeting: textOrMark(contacts.greeting, most),
    envelopeGreeting: textOrMark(contacts.envelopeGreeting, most),
    isOrganization: sql`${contacts.isOrganization}`,
    status: textOrMark(contacts.status, most),
    pledgeAmount: exactly(contacts.pledgeAmount),
    pledgeCurrency: textOrMark(contacts.pledgeCurrency, most),
    pledgeFrequency: exactly(contacts.pledgeFrequency),
    pledgeReceived: sql`${contacts.pledgeReceived}`,
    sendNewsletter: textOrMark(contacts.sendNewsletter, most),
    tags: tags(most),
    address: sql`json(${mailingAddress(most)})`,
    namesDonorAccount,
  })

/** A number as text with all its digits: SQLite writes at most 15 of them in JSON. */
const exactly = (column: SQLiteColumn): SQL => sql`quote(${column})`

/** With more tags, or a tag of more bytes, the tags are read as one long text. */
const MANY_TAGS = 100
const TAG_BYTES = 200

const tags = (most: number): SQL => {
  const long = sql.raw(String(Math.min(most, TAG_BYTES)))
  const bytes = sql`(select sum(octet_length(${contactTags.name}) + 1) from ${contactTags}
    where ${contactTags.contactId} = ${contacts.id})`
  return sql`(
    select case
      when count(*) > ${sql.raw(String(MANY_TAGS))} or max(octet_length(name)) > ${long}
        then ${markOf(TAGS_COLUMN, sql`${contacts.id}`, bytes)}
      else json_group_array(iif(octet_length(name) > ${long}, '', name)) end
    from (
      select ${contactTags.name} as name from ${contactTags}
      where ${contactTags.contactId} = ${contacts.id}
      order by ${contactTags.name} limit ${sql.raw(String(MANY_TAGS + 1))}))`
}

/** The primary one of the addresses that are neither deleted nor historic, otherwise the first. */
const mailingAddress = (most: number): SQL => sql`(
  select ${addressArray({
    street: textOrMark(addresses.street, most),
    city: textOrMark(addresses.city, most),
    state: textOrMark(addresses.state, most),
    postalCode: textOrMark(addresses.postalCode, most),
    country: textOrMark(addresses.country, most),
  })}
  from ${addresses}
  where ${addresses.contactId} = ${contacts.id}
    and ${addresses.deleted} = 0 and ${addresses.historic} = 0
  order by ${addresses.primaryMailingAddress} desc, ${addresses.createdAt}, ${addresses.id}
  limit 1)`

/** Read only for names with parentheses: no other envelope greeting depends on it. */
const namesDonorAccount = sql`(instr(${contacts.name}, '(') > 0 and exists (
  select 1 from ${contactDonorAccounts}
  join ${donorAccounts} on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  where ${contactDonorAccounts.contactId} = ${contacts.id}
    and ${donorAccounts.name} = ${contacts.name}))`
