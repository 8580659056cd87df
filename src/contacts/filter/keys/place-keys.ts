import { sql, type SQL } from 'drizzle-orm'
import { addresses, contacts } from '../../../db/schema/index.ts'
import {
  filterKey,
  inListOrEmpty,
  rowKey,
  valueOf,
  type FilterContext,
  type FilterKey,
} from './filter-key.ts'
import { listWith, wordList } from '../values/lists.ts'
import { flag } from '../values/values.ts'

/** Contacts with an address, not deleted, that satisfies a condition. */
const withAddress = (condition: SQL): SQL =>
  sql`exists (select 1 from ${addresses} where ${addresses.contactId} = ${contacts.id}
    and ${addresses.deleted} = 0 and ${condition})`

/** A key that compares a field of an address which is current, or historic where `address_historic` says so. */
const fieldKey = (
  field: (typeof addresses)['city' | 'state' | 'country' | 'region' | 'metroArea'],
): FilterKey =>
  rowKey(
    withAddress,
    listWith('none'),
    (items, context) =>
      sql`${inListOrEmpty(field, items, 'none')} and ${addresses.historic} = ${wantsHistoric(context)}`,
  )

const wantsHistoric = ({ given }: FilterContext): number =>
  Number(valueOf(given, 'address_historic', flag) ?? false)

/** The keys about where a contact lives, in the order of the page on filters. */
export const placeKeys = {
  city: fieldKey(addresses.city),
  state: fieldKey(addresses.state),
  country: fieldKey(addresses.country),
  region: fieldKey(addresses.region),
  metro_area: fieldKey(addresses.metroArea),

  address_historic: rowKey(
    withAddress,
    flag,
    (historic) => sql`${addresses.historic} = ${Number(historic)}`,
  ),

  primary_address: rowKey(
    withAddress,
    wordList('primary', 'active', 'inactive', 'null').transform((words) =>
      words?.includes('null') ? undefined : words?.filter((word) => word !== 'null'),
    ),
    (words) =>
      sql`(${sql.join(
        words.map((word) => ADDRESS_KINDS[word]),
        sql` or `,
      )})`,
  ),

  address_valid: filterKey(
    flag.transform((valid) => (valid === false ? valid : undefined)),
    () => sql`${withAddress(sql`${addresses.validValues} = 0`)} or (
      select count(*) from ${addresses} where ${addresses.contactId} = ${contacts.id}
      and ${addresses.deleted} = 0 and ${addresses.primaryMailingAddress} = 1) > 1`,
  ),
}

/** What a word of `primary_address` asks of an address. */
const ADDRESS_KINDS = {
  primary: sql`${addresses.primaryMailingAddress} = 1`,
  active: sql`${addresses.historic} = 0`,
  inactive: sql`${addresses.historic} = 1`,
}
