import { sql, type SQL } from 'drizzle-orm'
import { addresses, contacts } from '../../../db/schema/index.ts'
import { inListOrEmpty } from './conditions.ts'
import { filterKey, rowKey, suggestedKey, type KeyDescription } from './filter-key.ts'
import { listWith, wordList } from '../values/lists.ts'
import { flag } from '../values/scalars.ts'

/** Contacts with an address, not deleted, that satisfies a condition. */
const withAddress = (condition: SQL): SQL =>
  sql`exists (select 1 from ${addresses} where ${addresses.contactId} = ${contacts.id}
    and ${addresses.deleted} = 0 and ${condition})`

/**
 * A key that compares a field of the current addresses, or of the historic ones when
 * `address_historic` is set.
 */
const fieldKey = (
  description: KeyDescription,
  field: (typeof addresses)['city' | 'state' | 'country' | 'region' | 'metroArea'],
) =>
  suggestedKey(
    { text: field, join: currentAddresses },
    rowKey(
      description,
      withAddress,
      listWith('none'),
      (items, { others }) =>
        sql`${inListOrEmpty(field, items, 'none')}
          and ${addresses.historic} = ${Number(others.address_historic ?? false)}`,
    ),
  )

const currentAddresses = sql`cross join ${addresses} on ${addresses.contactId} = ${contacts.id}
  and ${addresses.deleted} = 0 and ${addresses.historic} = 0`

/** The keys about where a contact lives, in the order of the page on filters. */
export const addressKeys = {
  city: fieldKey(
    {
      selects: 'that have an address in one of these cities; `none` means no value',
      example: 'Springfield,none',
    },
    addresses.city,
  ),
  state: fieldKey(
    {
      selects: 'that have an address in one of these states; `none` means no value',
      example: 'IL',
    },
    addresses.state,
  ),
  country: fieldKey(
    {
      selects: 'that have an address in one of these countries; `none` means no value',
      example: 'United States',
    },
    addresses.country,
  ),
  region: fieldKey(
    {
      selects: 'that have an address in one of these regions; `none` means no value',
      example: 'Midwest',
    },
    addresses.region,
  ),
  metro_area: fieldKey(
    {
      selects: 'that have an address in one of these metropolitan areas; `none` means no value',
      example: 'Chicago',
    },
    addresses.metroArea,
  ),

  address_historic: rowKey(
    {
      selects:
        'that have a historic address, or a current one; also decides which addresses the keys ' +
        'above look at',
      example: true,
    },
    withAddress,
    flag,
    (historic) => sql`${addresses.historic} = ${Number(historic)}`,
  ),

  primary_address: rowKey(
    { selects: 'that have an address of one of these kinds', example: 'primary,inactive' },
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
    {
      selects:
        'that have an invalid address or more than one primary address; `true` selects everybody',
      example: false,
    },
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
