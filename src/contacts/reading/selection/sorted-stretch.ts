import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contacts } from '../../../db/schema/index.ts'
import { compared, type SortOrder } from '../contact-sort.ts'
import { fromWanted, listsInScope, type ContactSelection } from './contact-selection.ts'
import type { DestinationTables } from './destination-tables.ts'
import type { StretchSize } from './select-packs.ts'

/** What is compared of the last contact of a stretch: its keys, its name and its id. */
export type SortPlace = readonly (string | number)[]

export type SortedStretch = {
  /** JSON arrays of ids, in order. */
  readonly packs: readonly string[]
  /** Where the stretch ends; none where no contact is left. */
  readonly end: SortPlace | undefined
}

/** What a sort reads of `contacts`, as the columns of a table `entry`. */
export const entryColumns = ({ sort }: SortOrder): SQL =>
  sql`${contacts.id} as id, ${compared(contacts.name)} as name,
    ${contacts.accountListId} as account_list_id, ${sort.value} as value`

/** What follows `order by` for rows of `entry`. */
export const inOrder = ({ sort, isOpposite }: SortOrder): SQL =>
  sql.join(
    [
      ...sort.keys.map(({ value, turns }) => (turns && isOpposite ? sql`${value} desc` : value)),
      sql`entry.name`,
      sql`entry.id`,
    ],
    sql`, `,
  )

/**
 * Reads the ids of the contacts that come next, in the order of a sort. The database sorts all
 * contacts of the selection that come after the last stretch, over all account lists.
 */
export async function sortedStretch(
  database: Database,
  selection: ContactSelection,
  order: SortOrder,
  destinations: DestinationTables,
  after: SortPlace | undefined,
  { contacts: most, contactsOfAPack }: StretchSize,
): Promise<SortedStretch> {
  const names = [...order.sort.keys.map((_, index) => sql.raw(`key${index}`)), NAME, ID]
  const keys = order.sort.keys.map(({ value }, index) => sql`${value} as ${names[index]}`)
  const starts = Array.from({ length: Math.ceil(most / contactsOfAPack) }, (_, pack) => pack)
  const packs = starts.map(
    (pack) => sql`when ${sql.raw(String(pack))} then (select json_group_array(id) from (
      select id from sorted limit ${sql.raw(`${contactsOfAPack} offset ${pack * contactsOfAPack}`)}))`,
  )
  const found = await database.values<[ids: string | null, ...place: SortPlace]>(sql`
    with ${listsInScope(selection)}, ${destinations.tables}
    sorted as materialized (
      select * from (
        select entry.id as id, entry.name as name, ${sql.join(keys, sql`, `)}
        from (select ${entryColumns(order)} ${fromWanted(selection)} limit -1) as entry
          ${destinations.joins} limit -1)
      where ${after ? isAfter(order, names, after) : sql`true`}
      order by ${orderOf(order, names)})
    select case pack.value ${sql.join(packs, sql` `)} end as ids,
      ${sql.join(
        names.map((_, index) => sql.raw(`null as place${index}`)),
        sql`, `,
      )}
    from json_each(${JSON.stringify(starts)}) as pack
    where pack.value * ${sql.raw(String(contactsOfAPack))} < (select count(*) from sorted)
    union all
    select * from (select null, ${sql.join(names, sql`, `)} from sorted
      limit 1 offset ${sql.raw(String(most - 1))})`)
  const end = found.find(([ids]) => ids === null)
  return {
    packs: found.flatMap(([ids]) => (ids === null ? [] : [ids])),
    end: end?.slice(1).map((part) => part ?? ''),
  }
}

const [NAME, ID] = [sql.raw('name'), sql.raw('id')]

const isTurned = ({ sort, isOpposite }: SortOrder, index: number): boolean =>
  isOpposite && sort.keys[index]?.turns === true

const orderOf = (order: SortOrder, names: readonly SQL[]): SQL =>
  sql.join(
    names.map((name, index) => (isTurned(order, index) ? sql`${name} desc` : name)),
    sql`, `,
  )

/** Whether a contact comes after a place. */
const isAfter = (order: SortOrder, names: readonly SQL[], place: SortPlace): SQL =>
  names.reduceRight<SQL>(
    (rest, name, index) => {
      const comparison = isTurned(order, index) ? sql`<` : sql`>`
      const key = place[index]
      return sql`(${name} ${comparison} ${key} or (${name} = ${key} and ${rest}))`
    },
    sql`false`,
  )
