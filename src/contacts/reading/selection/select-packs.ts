import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contacts } from '../../../db/schema/index.ts'
import { fromWanted, isWanted, listsInScope, type ContactSelection } from './contact-selection.ts'

/** A position in an account list: after the contact with this id, whose name has this prefix. */
export type Cursor = {
  readonly accountListId: string
  readonly prefix: string
  readonly id: string
}

/** The contacts that one statement examines, and those of a pack. */
export type StretchSize = { readonly contacts: number; readonly contactsOfAPack: number }

/** The beginning of a name that is read: names have no bound of their own. */
export const NAME_CHARACTERS = 64

/** The whole name of a contact, as far as its beginning in a pack shows that it is whole. */
export const nameInPack = (beginning: string): string | undefined =>
  beginning.length < NAME_CHARACTERS ? beginning : undefined

/**
 * The query for packs of several account lists: a pack of each in turn, until the stretch is full
 * or all account lists have ended. Each pack starts where the last one of its list ended: every
 * contact is examined once, in index order, and nothing is sorted.
 *
 * A filter that needs more than the status is evaluated beforehand for all contacts of the account
 * lists. If these are more than a stretch, or with `inTurn`, it is evaluated contact by contact.
 *
 * @param condition without it, no contact is examined
 * @returns a row for each pack: its account list, the position of its end (`prefix`, `id`), the
 *   selected ids as a JSON array, the beginnings of their names as another, how many these are, and
 *   its `size`, the number of contacts examined: less than a full pack at the end of the account list. If the
 *   account lists are too large to be filtered beforehand, one row of `null`
 */
export function selectPacks(
  database: Database,
  selection: ContactSelection,
  cursors: readonly Cursor[],
  size: StretchSize,
  inTurn: boolean,
  condition = sql`true`,
) {
  const lists = sql`(select value ->> 0 from starts)`
  const full = sql.raw(String(size.contactsOfAPack))
  const largest = sql.raw(String(size.contacts))
  const mostPacks = 2 * cursors.length + Math.ceil(size.contacts / size.contactsOfAPack)
  const selected = inTurn
    ? isWanted(selection)
    : sql`${contacts.id} in (select ${contacts.id} ${fromWanted(selection, lists)})`
  const scope = inTurn
    ? sql`select 0`
    : sql`select count(*) from (select 1 from ${contacts}
        where ${contacts.accountListId} in ${lists} limit ${largest} + 1)`
  const starts = JSON.stringify(
    cursors.map(({ accountListId, prefix, id }) => [accountListId, prefix, id]),
  )
  return database
    .select({
      accountListId: sql<string | null>`list`,
      prefix: sql<string | null>`prefix`,
      id: sql<string | null>`id`,
      ids: sql<string | null>`ids`,
      names: sql<string | null>`names`,
      selected: sql<number | null>`selected`,
      size: sql<number | null>`size`,
    })
    .from(
      sql`(
        with recursive ${listsInScope(selection)},
        starts(value) as materialized (
          select value from json_each(${starts}) where ${condition}),
        scope(scope) as materialized (${scope}),
        pack(list, prefix, id, ids, names, selected, size) as (
          select value ->> 0, value ->> 1, value ->> 2, null, null, 0, ${full}
          from scope, starts where scope <= ${largest}
          union all
          select pack.list, next.value ->> 'prefix', next.value ->> 'id', next.value ->> 'ids',
            next.value ->> 'names',
            next.value ->> 'selected', next.value ->> 'size'
          from pack left join ${contacts} as place on place.id = pack.id
          join json_each((${nextPack(selected, full)})) as next
          where pack.size = ${full} limit ${sql.raw(String(mostPacks))})
        select * from scope left join pack on ids is not null)`,
    )
}

/** The pack after `pack`, as a JSON array of one object: a subquery returns a single value. */
const nextPack = (selected: SQL, full: SQL): SQL => sql`
  select json_array(json_object('ids', json_group_array(id) filter (where selected),
    'names', json_group_array(${cut(sql`name`)}) filter (where selected),
    'selected', count(selected), 'size', count(*),
    'prefix', max(${cut(sql`name`)}), 'id', json_group_array(id) ->> '$[#-1]'))
  from (
    select ${contacts.id} as id, ${contacts.name} as name,
      case when ${selected} then 1 end as selected
    from ${contacts}
    where ${contacts.accountListId} = pack.list
      and (${contacts.name}, ${contacts.id}) > (${lastName}, pack.id)
    order by ${contacts.name}, ${contacts.id} limit ${full})`

/**
 * The whole name of the last contact of a pack. If the contact has been deleted or renamed, the
 * beginning of its name is used.
 */
const lastName = sql`case when ${cut(sql`place.name`)} = pack.prefix
  then place.name else pack.prefix end`

function cut(name: SQL): SQL {
  return sql`substr(${name}, 1, ${sql.raw(String(NAME_CHARACTERS))})`
}
