import { sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { contacts } from '../../db/schema/index.ts'
import { inScope } from '../filter/keys/conditions.ts'
import type { StoredValues } from '../filter/keys/filter-key.ts'
import { contains } from '../filter/keys/text-search.ts'
import { listsInScope } from './selection/contact-selection.ts'

/**
 * So many contacts are looked at, and so many rows of theirs. With more, the values of an account
 * list of a million contacts would keep the database busy for seconds, at each letter typed.
 */
const MOST_CONTACTS = 20_000
const MOST_ROWS = 100_000

/** A longer value is nothing that somebody would choose from a list. */
const MOST_BYTES = 400

const MOST_VALUES = 50

export type FilterValues = {
  /** The most frequent ones first, each with the number of contacts that have it. */
  readonly values: readonly { readonly value: string; readonly contacts: number }[]
  /** Whether there are more values than these. */
  readonly hasMore: boolean
  /** Whether all contacts were looked at. Otherwise values are missing, and counts are too low. */
  readonly isComplete: boolean
}

/**
 * The values that a key of the filter finds in account lists, for suggestions.
 *
 * @param searched a text that is somewhere in a value, in any letter case; any value without it
 */
export async function filterValues(
  database: Database,
  accountListIds: readonly string[],
  { text, join, ignoresCase }: StoredValues,
  searched: string | undefined,
): Promise<FilterValues> {
  const found = await database.values<
    [isComplete: number, value: string | null, contacts: number | null]
  >(sql`
    with ${listsInScope({ accountListIds })},
    looked(id) as materialized (
      select ${contacts.id} from ${contacts} indexed by contacts_in_order_of_ids
      where ${contacts.accountListId} in ${inScope} limit ${number(MOST_CONTACTS + 1)}),
    found(contact_id, value) as materialized (
      select ${contacts.id}, ${text} from looked
      cross join ${contacts} on ${contacts.id} = looked.id ${join ?? sql``}
      where ${text} <> '' and octet_length(${text}) <= ${number(MOST_BYTES)}
      limit ${number(MOST_ROWS + 1)})
    select is_complete, value, contacts from (
      select (select count(*) from looked) <= ${number(MOST_CONTACTS)}
        and (select count(*) from found) <= ${number(MOST_ROWS)} as is_complete)
    left join (
      select value, contacts from (
        select min(value) as value, count(distinct contact_id) as contacts from found
        group by ${ignoresCase ? sql`lower(value)` : sql`value`})
      where ${searched === undefined ? sql`true` : contains(sql`value`, searched)}
      order by contacts desc, value limit ${number(MOST_VALUES + 1)})
    order by contacts desc, value`)
  const values = found.flatMap(([, value, count]) =>
    value === null ? [] : [{ value, contacts: count ?? 0 }],
  )
  return {
    values: values.slice(0, MOST_VALUES),
    hasMore: values.length > MOST_VALUES,
    isComplete: found.every(([isComplete]) => isComplete === 1),
  }
}

const number = (value: number) => sql.raw(String(value))
