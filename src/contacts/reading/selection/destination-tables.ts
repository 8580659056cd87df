import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { addresses, contacts } from '../../../db/schema/index.ts'
import { inScope } from '../../filter/keys/conditions.ts'
import { countryText } from '../../postal/country-text.ts'
import { countrySortName, postalDestination } from '../../postal/postal-destination.ts'
import { accountListsById } from '../rows/account-lists-by-id.ts'
import type { SortOrder } from '../contact-sort.ts'
import { PLACE_CHARACTERS } from '../zip-sort.ts'
import { listsInScope, type ContactSelection } from './contact-selection.ts'

/**
 * Spellings of countries beyond these are compared as they are. There are some 200 countries, and
 * nobody has all of them.
 */
const MOST_SPELLINGS = 1000

/** What a sort joins to its entries: the home of each account list, and what countries mean. */
export type DestinationTables = {
  /** Tables that follow `with`, each with a comma behind it. */
  readonly tables: SQL
  /** Joins that follow `from … as entry`. */
  readonly joins: SQL
}

const NONE: DestinationTables = { tables: sql``, joins: sql`` }

/**
 * The tables for the contacts of a selection. Countries are stored as people write them, so the
 * spellings in use are read, and looked up as the address block does.
 */
export async function destinationTables(
  database: Database,
  selection: ContactSelection,
  { sort }: SortOrder,
): Promise<DestinationTables> {
  if (!sort.needsCountries) return NONE
  const spelling = sql<string>`substr(${addresses.country}, 1, ${sql.raw(String(PLACE_CHARACTERS))})`
  const [lists, spellings] = await database.batch([
    accountListsById(database, selection.accountListIds),
    database.select({ text: sql<string>`text` }).from(sql`(
      with ${listsInScope(selection)}
      select distinct ${spelling} as text
      from ${contacts} indexed by contacts_in_order_of_ids
        cross join ${addresses}
        on ${addresses.contactId} = ${contacts.id} and ${addresses.deleted} = 0
          and ${addresses.historic} = 0 and ${addresses.country} <> ''
      where ${contacts.accountListId} in ${inScope} limit ${sql.raw(String(MOST_SPELLINGS))})`),
  ])
  // Numbers, because each account list has one and the names of unknown countries have no bound.
  const numbers = new Map<string, number>()
  const destinationOf = (country: string): number | null => {
    if (country === '') return null
    const destination = postalDestination(country)
    const number = numbers.get(destination) ?? numbers.size
    numbers.set(destination, number)
    return number
  }
  const countries = spellings.map(({ text }) => {
    const country = countryText(text)
    const name = countrySortName(country).slice(0, PLACE_CHARACTERS)
    return [text, name, destinationOf(country)]
  })
  const homes = lists.map(({ id, homeCountry }) => [id, destinationOf(countryText(homeCountry))])
  return {
    tables: sql`countries(text, name, destination) as materialized (
        select value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(countries)})),
      homes(id, destination) as materialized (
        select value ->> 0, value ->> 1 from json_each(${JSON.stringify(homes)})),`,
    // Without the plus the type of the column would keep SQLite from making an index of the homes.
    joins: sql`left join homes as home on home.id = +entry.account_list_id
      left join countries as country on country.text = entry.value ->> 0`,
  }
}
