import { sql, type SQL } from 'drizzle-orm'
import type { BatchState, ValueList } from './batch-state.ts'
import { givenLists } from './given-lists.ts'
import { jsonChunks } from './json-chunks.ts'
import type { PairList, RowList } from './line-types.ts'
import type { PendingWrites } from './pending-writes.ts'

/** Adds the values of lists that are not stored yet. */
export function addValues(list: PairList, state: BatchState, newId: () => string): SQL[] {
  const added = changedLists(list, state).flatMap(([owner, { values = [], stored }]) => {
    const missing = values.filter((value) => !stored.has(value))
    return missing.length > 0 ? [[owner, missing] as const] : []
  })
  const table = sql.raw(list.table)
  const columns = sql.raw(`${list.owner}, ${list.value}`)
  if (!list.hasIds) {
    return jsonChunks(added, (values) => values).map(
      (json) => sql`with ${givenLists('given', json)} insert into ${table} (${columns})
        select g.owner, v.value from given as g, json_each(g.list) as v
        where true on conflict do nothing`,
    )
  }
  const rows = added.flatMap(([owner, values]) => values.map((value) => [newId(), owner, value]))
  return jsonChunks(rows, (row) => row).map(
    (json) => sql`insert into ${table} (id, ${columns})
      select g.value ->> 0, g.value ->> 1, g.value ->> 2 from json_each(${json}) as g
      where not exists (
        select 1 from ${table} as t where t.${sql.raw(list.owner)} = g.value ->> 1
        and t.${sql.raw(list.value)} = g.value ->> 2)`,
  )
}

/** The lists that lines give. */
const changedLists = ({ table }: PairList, { valueLists }: BatchState): [string, ValueList][] =>
  [...(valueLists.get(table) ?? [])].filter(([, { values }]) => values !== undefined)

/** Removes the values that lists do not name. */
export function removeValues(list: PairList, state: BatchState): SQL[] {
  const columns = sql.raw(`${list.owner}, ${list.value}`)
  const replaced = changedLists(list, state).filter(([, { values, stored, hasOthers }]) => {
    const named = new Set(values)
    return hasOthers || [...stored].some((value) => !named.has(value))
  })
  return jsonChunks(replaced, ([owner, { values }]) => [owner, values]).map(
    (json) => sql`with ${givenLists('given', json)} delete from ${sql.raw(list.table)}
      where ${sql.raw(list.owner)} in (select owner from given)
      and (${columns}) not in (select g.owner, v.value from given as g, json_each(g.list) as v)`,
  )
}

/** The rows that lists do not name, known or not. */
export function removeRows(
  { table, owner }: RowList,
  state: BatchState,
  { clearedOwners }: PendingWrites,
): SQL[] {
  const cleared = [...(clearedOwners.get(table.name) ?? [])]
  const named = cleared.map((id) => [...(state.children.get(table.name)?.get(id) ?? [])])
  const known = [...(state.rows.get(table.name)?.values() ?? [])]
    .filter(({ isStored, exists }) => isStored && !exists)
    .map(({ id }) => id)
  const name = sql.raw(table.name)
  return [
    ...jsonChunks(
      cleared.map((id, index) => [id, named[index] ?? []] as const),
      (pair) => pair,
    ).map(
      (json) => sql`with ${givenLists('given', json)} delete from ${name}
        where ${sql.raw(owner)} in (select owner from given)
        and id not in (select v.value from given as g, json_each(g.list) as v)`,
    ),
    ...jsonChunks(known, (id) => id).map(
      (json) => sql`delete from ${name} where id in (select value from json_each(${json}))`,
    ),
  ]
}
