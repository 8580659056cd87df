import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import {
  addresses,
  contactDonorAccounts,
  contacts,
  contactTags,
  donorAccounts,
} from '../../../db/schema/index.ts'
import { memberRows } from './member-rows.ts'
import { markOf, TAGS_COLUMN, textOrMark } from './text-marks.ts'

/**
 * The contact whose id is `page.value`, as one JSON array, which is made, sent and read in half the
 * time that columns of values and arrays take. Each child table is read once, by an index that
 * holds all that is wanted of it.
 *
 * @param most texts of more bytes are marks
 */
export const contactRow = (most: number): SQL => sql`
  select json_array(${memberRows(most)}, ${contacts.accountListId},
    ${textOrMark(contacts.name, most)},
    ${textOrMark(contacts.greeting, most)}, ${textOrMark(contacts.envelopeGreeting, most)},
      ${contacts.isOrganization},
    ${textOrMark(contacts.status, most)}, ${exactly(contacts.pledgeAmount)},
      ${textOrMark(contacts.pledgeCurrency, most)},
    ${exactly(contacts.pledgeFrequency)}, ${contacts.pledgeReceived},
      ${textOrMark(contacts.sendNewsletter, most)},
    ${tags(most)}, json(${mailingAddress(most)}), ${namesDonorAccount})
  from ${contacts} indexed by contacts_in_files where ${contacts.id} = page.value`

/** A number as a text of all its digits: in JSON, SQLite writes no more than 15 of them. */
const exactly = (column: SQLiteColumn): SQL => sql`quote(${column})`

/** More tags than these, or one with more bytes, are read as one text. */
const MANY_TAGS = 100
const TAG_BYTES = 200

const tags = (most: number): SQL => {
  const long = sql.raw(String(Math.min(most, TAG_BYTES)))
  const bytes = sql`(select sum(octet_length(${contactTags.name}) + 1) from ${contactTags}
    where ${contactTags.contactId} = ${contacts.id})`
  return sql`(
    select case when count(*) > ${sql.raw(String(MANY_TAGS))} or max(octet_length(name)) > ${long}
      then ${markOf(TAGS_COLUMN, sql`${contacts.id}`, bytes)}
      else json_group_array(iif(octet_length(name) > ${long}, '', name)) end
    from (
      select ${contactTags.name} as name from ${contactTags}
        where ${contactTags.contactId} = ${contacts.id}
      order by ${contactTags.name} limit ${sql.raw(String(MANY_TAGS + 1))}))`
}

/**
 * Of the addresses that are neither deleted nor historic the primary one, failing that the first.
 */
const mailingAddress = (most: number): SQL => sql`(
  select json_array(${sql.join(
    [
      addresses.street,
      addresses.city,
      addresses.state,
      addresses.postalCode,
      addresses.country,
    ].map((column) => textOrMark(column, most)),
    sql`, `,
  )})
  from ${addresses}
  where ${addresses.contactId} = ${contacts.id} and ${addresses.deleted} = 0
    and ${addresses.historic} = 0
  order by ${addresses.primaryMailingAddress} desc, ${addresses.createdAt}, ${addresses.id}
    limit 1)`

/** Asked only of names with parentheses: nobody else's envelope depends on it. */
const namesDonorAccount = sql`(instr(${contacts.name}, '(') > 0 and exists (
  select 1 from ${contactDonorAccounts} join ${donorAccounts}
    on ${donorAccounts.id} = ${contactDonorAccounts.donorAccountId}
  where ${contactDonorAccounts.contactId} = ${contacts.id}
    and ${donorAccounts.name} = ${contacts.name}))`
