import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import type { BatchState } from './batch-state.ts'
import {
  FIRST_OTHERS,
  FIRST_PAIRS,
  FIRST_TABLE,
  MEMBER,
  readColumns,
  stateOf,
  TOMBSTONE,
  type Found,
} from './found-rows.ts'
import { givenLists } from './given-lists.ts'
import type { GivenPairs } from './line.ts'
import { PAIR_LISTS, ROW_LISTS } from './line-types.ts'
import type { Lookups } from './lookups.ts'
import { IN_LIST, ROW_TABLES, type RowTable, type WritableColumn } from './row-tables.ts'
import type { WritableLists } from './sync-types.ts'
import { unionAll } from './union-all.ts'

/** Longer stored texts are not read, so that a batch reads little whatever is stored. In bytes. */
const LONG_TEXT = 256

/** Reads all that the lines need to know, in one statement. */
export async function loadState(
  database: Database,
  lookups: Lookups,
  lists: WritableLists,
): Promise<BatchState> {
  const terms = [
    ...ROW_TABLES.flatMap((table, index) => rowTerm(table, index, lookups, lists)),
    ...ROW_LISTS.flatMap((_, index) => otherRowsTerm(index, lookups)),
    ...PAIR_LISTS.flatMap((_, index) => pairTerms(index, lookups)),
    ...memberTerm(lookups),
    ...tombstoneTerms(lookups, lists),
  ]
  const all = unionAll(terms)
  if (!all) return stateOf([], lookups)
  const found = await database.all<Found>(sql`${expressionsOf(lookups, lists)}${all}`)
  return stateOf(found, lookups)
}

/** The account lists of a limited token as the table expression `lists`. */
export const listsExpression = (lists: WritableLists): SQL[] =>
  lists.all ? [] : [sql`lists (id) as (select value from json_each(${JSON.stringify(lists.ids)}))`]

const idsOf = (ids: Iterable<string>): string => JSON.stringify([...ids].toSorted())

/** The rows by id: the id, whether it may be written or removed, and what is stored. */
function rowTerm(
  table: RowTable,
  index: number,
  { rowIds, columns }: Lookups,
  lists: WritableLists,
): SQL[] {
  const ids = rowIds.get(table.name)
  if (!ids) return []
  const values = readColumns(table, columns).map(({ column }) => readColumn(column))
  return [
    sql`select ${sql.raw(String(FIRST_TABLE + index))} as kind, t.id as a,
      ${sql.raw(rightsOf(table, lists))} as b, json_array(${sql.raw(values.join(', '))}) as data
      from json_each(${idsOf(ids)}) as g cross join ${sql.raw(table.name)} as t on t.id = g.value`,
  ]
}

/** 0: not to be written; 1: to be written; 2: to be removed as well. */
function rightsOf({ isWritable, isRemovable }: RowTable, lists: WritableLists): string {
  if (lists.all) return '2'
  const rights = isRemovable === isWritable ? '2' : `iif(${isRemovable}, 2, 1)`
  return `iif(${isWritable}, ${rights}, 0)`
}

function readColumn({ name, kind }: WritableColumn): string {
  const column = `t."${name}"`
  // A number as JSON would have 15 digits.
  if (kind === 'number') return `quote(${column})`
  if (kind !== 'text') return column
  return `iif(octet_length(${column}) > ${LONG_TEXT}, octet_length(${column}), ${column})`
}

/** The rows that have more of a list than any line names. */
function otherRowsTerm(index: number, { listOwners, rowIds }: Lookups): SQL[] {
  const list = ROW_LISTS[index]
  const owners = list && listOwners.get(list.table.name)
  if (!list || !owners) return []
  const owner = sql.raw(`t.${list.owner}`)
  return [
    sql`select distinct ${sql.raw(String(FIRST_OTHERS + index))} as kind,
      ${owner} as a, null as b, null as data
      from json_each(${idsOf(owners)}) as g cross join ${sql.raw(list.table.name)} as t
      on ${owner} = g.value
      where t.id not in (select value from json_each(${idsOf(rowIds.get(list.table.name) ?? [])}))`,
  ]
}

/** The values of lists that are not stored yet, and the rows that have others. */
function pairTerms(index: number, { pairs }: Lookups): SQL[] {
  const list = PAIR_LISTS[index]
  if (!list || !pairs.has(list.table)) return []
  const table = sql.raw(list.table)
  const owner = sql.raw(`t.${list.owner}`)
  const value = sql.raw(`t.${list.value}`)
  const given = sql.raw(`given_${index}`)
  const kind = FIRST_PAIRS + 2 * index
  return [
    sql`select ${sql.raw(String(kind))} as kind, g.owner as a, v.value as b, null as data
      from ${given} as g, json_each(g.list) as v
      where not exists (
        select 1 from ${table} as t where ${owner} = g.owner and ${value} = v.value)`,
    sql`select distinct ${sql.raw(String(kind + 1))} as kind, ${owner} as a, null as b, null as data
      from ${given} as g cross join ${table} as t on ${owner} = g.owner
      where (${owner}, ${value}) not in (
        select o.owner, v.value from ${given} as o, json_each(o.list) as v)`,
  ]
}

/** The table expressions that the terms use: lists of values, and the token's account lists. */
function expressionsOf({ pairs }: Lookups, lists: WritableLists): SQL {
  const given = PAIR_LISTS.flatMap(({ table }, index) => {
    const found = pairs.get(table)
    if (!found) return []
    return [givenLists(`given_${index}`, JSON.stringify(found.map(ownerAndValues)))]
  })
  const all = [...listsExpression(lists), ...given]
  return all.length > 0 ? sql`with ${sql.join(all, sql`, `)} ` : sql``
}

const ownerAndValues = ({ owner, values }: GivenPairs) => [owner, values]

function memberTerm({ contactsWithPeople }: Lookups): SQL[] {
  if (contactsWithPeople.size === 0) return []
  return [
    sql`select ${sql.raw(String(MEMBER))} as kind, t.contact_id as a, t.person_id as b,
      json_array(t.id, t.is_primary, t.created_at) as data
      from json_each(${idsOf(contactsWithPeople)}) as g cross join contact_people as t
      on t.contact_id = g.value`,
  ]
}

/** When rows of the token's account lists were deleted. */
function tombstoneTerms({ tombstones }: Lookups, lists: WritableLists): SQL[] {
  return [...tombstones].map(
    ([type, ids]) =>
      sql`select ${sql.raw(String(TOMBSTONE))} as kind, ${type} as a, t.id as b,
        t.deleted_at as data from json_each(${idsOf(ids)}) as g cross join deleted_records as t
        on t.type = ${type} and t.id = g.value
        where ${sql.raw(lists.all ? 'true' : IN_LIST)}`,
  )
}
