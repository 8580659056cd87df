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
  /** JSON arrays of ids, in order, and of the places of their account lists in the selection. */
  readonly packs: readonly { readonly ids: string; readonly lists: string }[]
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
  const packOf = (column: SQL) =>
    sql.join(
      starts.map(
        (pack) => sql`when ${number(pack)} then (select json_group_array(${column}) from (
          select ${column} from sorted
          limit ${number(contactsOfAPack)} offset ${number(pack * contactsOfAPack)}))`,
      ),
      sql` `,
    )
  const isOfSeveral = selection.accountListIds.length > 1
  const found = await database.values<
    [ids: string | null, lists: string | null, ...place: SortPlace]
  >(sql`
    with ${listsInScope(selection)}, ${destinations.tables}
    numbered(id, number) as materialized (
      select value, key from json_each(${JSON.stringify(selection.accountListIds)})),
    sorted as materialized (
      select * from (
        select entry.id as id, entry.name as name,
          ${isOfSeveral ? sql`numbered.number` : sql`0`} as list,
          ${sql.join(keys, sql`, `)}
        from (select ${entryColumns(order)} ${fromWanted(selection)} limit -1) as entry
          ${destinations.joins}
          ${isOfSeveral ? sql`left join numbered on numbered.id = +entry.account_list_id` : sql``}
        limit -1)
      where ${after ? isAfter(order, names, after) : sql`true`}
      order by ${orderOf(order, names)})
    select case pack.value ${packOf(sql`id`)} end as ids,
      case pack.value ${packOf(sql`list`)} end as lists,
      ${sql.join(
        names.map((_, index) => sql.raw(`null as place${index}`)),
        sql`, `,
      )}
    from json_each(${JSON.stringify(starts)}) as pack
    where pack.value * ${number(contactsOfAPack)} < (select count(*) from sorted)
    union all
    select * from (select null, null, ${sql.join(names, sql`, `)} from sorted
      limit 1 offset ${number(most - 1)})`)
  const end = found.find(([ids]) => ids === null)
  return {
    packs: found.flatMap(([ids, lists]) =>
      ids === null || lists === null ? [] : [{ ids, lists }],
    ),
    end: end?.slice(2).map((part) => part ?? ''),
  }
}

const number = (value: number): SQL => sql.raw(String(value))

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
