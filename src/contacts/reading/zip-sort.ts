import { sql } from 'drizzle-orm'
import { addresses, contacts } from '../../db/schema/index.ts'
import type { ContactSort } from './contact-sort.ts'

/** A longer country or postal code is compared as far as this, in characters. */
export const PLACE_CHARACTERS = 100

const characters = sql.raw(String(PLACE_CHARACTERS))

/** A blank, a line feed, a carriage return, a tab, a no-break space. */
const BLANKS = [32, 10, 13, 9, 160]

const withoutBlanks = BLANKS.reduce(
  (text, code) => sql`replace(${text}, ${sql.raw(`char(${code})`)}, '')`,
  sql`upper(substr(${addresses.postalCode}, 1, ${characters}))`,
)

/** The country and the postal code of the mailing address, the one that files show. */
const place = sql`(
  select json_array(substr(${addresses.country}, 1, ${characters}), ${withoutBlanks})
  from ${addresses}
  where ${addresses.contactId} = ${contacts.id} and ${addresses.deleted} = 0
    and ${addresses.historic} = 0
  order by ${addresses.primaryMailingAddress} desc, ${addresses.createdAt}, ${addresses.id}
  limit 1)`

const country = sql`coalesce(entry.value ->> 0, '')`
const postalCode = sql`coalesce(entry.value ->> 1, '')`

/**
 * Whether mail goes abroad. A country that was stored after the countries were looked up is not
 * known: it is compared with nothing.
 */
const isAbroad = sql`case when ${country} = '' then 0 when country.text is null then 1
  when country.destination is null then 0
  else country.destination is not home.destination end`

/** The order in which post offices like to get mail. */
export const zipSort: ContactSort = {
  names: ['zip', 'postal_code'],
  description:
    'for the post office: the home country first, then the other countries by name, within a country by postal code',
  value: place,
  keys: [
    { value: sql`entry.value is null`, turns: false },
    { value: isAbroad, turns: true },
    { value: sql`iif(${isAbroad}, coalesce(country.name, upper(${country})), '')`, turns: true },
    { value: sql`${postalCode} = ''`, turns: false },
    { value: postalCode, turns: true },
  ],
  needsCountries: true,
}
