import { sql, type SQL } from 'drizzle-orm'
import type { BatchState, StateRow } from './batch-state.ts'
import { PAIR_LISTS, ROW_LISTS, type PairList, type RowList } from './line-types.ts'
import type { PendingWrites } from './pending-writes.ts'
import { ROW_TABLES, type RowTable } from './row-tables.ts'
import { byteLength } from './value-schemas.ts'

/** The most bytes of a bound value. D1 takes 2 MB. */
const VALUE_BYTES = 1_500_000

/**
 * The statements that make the database what the lines of a batch have made of the state. Rows are
 * written before others are removed, so that what has moved to another owner stays. They can be run
 * twice.
 */
export function writeStatements(state: BatchState, writes: PendingWrites, newId: () => string) {
  return [
    ...ROW_TABLES.flatMap((table) => upsertRows(table, changedRows(state, table))),
    ...upsertMembers(writes),
    ...PAIR_LISTS.flatMap((list) => addValues(list, writes, newId)),
    ...PAIR_LISTS.flatMap((list) => removeValues(list, writes)),
    ...removeMembers(writes),
    ...ROW_LISTS.flatMap((list) => removeRows(list, state, writes)),
    ...ROW_TABLES.flatMap((table) => removeRoots(table, writes)),
  ]
}

/** In the order of the ids, in which the database stores them. */
const changedRows = (state: BatchState, { name }: RowTable): StateRow[] =>
  [...(state.rows.get(name)?.values() ?? [])]
    .filter(({ exists, isChanged }) => exists && isChanged)
    .sort((one, other) => (one.id < other.id ? -1 : 1))

/**
 * Inserts rows, or updates those that are there. A column that only some lines give stays as it is
 * in the other rows: a text of marks in each row says which are given.
 */
function upsertRows(table: RowTable, rows: readonly StateRow[]): SQL[] {
  if (rows.length === 0) return []
  const isComplete = rows.some(({ isMadeAgain }) => isMadeAgain)
  const columns = table.columns
    .map((column, position) => ({ ...column, position }))
    .filter(
      ({ isRequired, position }) =>
        isComplete || isRequired || rows.some(({ given }) => given.has(position)),
    )
  const isGiven = ({ isStored, isMadeAgain, given }: StateRow, position: number): boolean =>
    !isStored || isMadeAgain || given.has(position)
  const isMixed = columns.some(({ position }) => rows.some((row) => !isGiven(row, position)))

  const name = sql.raw(table.name)
  const selected = columns.map(({ name: column, position }, index) => {
    const value = `g.value ->> ${index + 2}`
    return rows.every((row) => isGiven(row, position))
      ? value
      : `iif(t.id is null or substr(g.value ->> 1, ${index + 1}, 1) = '1', ${value}, t."${column}")`
  })
  const names = columns.map(({ name: column }) => `"${column}"`)
  const join = isMixed ? sql`left join ${name} as t on t.id = g.value ->> 0` : sql``
  const conflict =
    names.length === 0
      ? sql`do nothing`
      : sql.raw(
          `do update set ${names.map((column) => `${column} = excluded.${column}`).join(', ')}
          where ${names
            .map((column) => `${table.name}.${column} is not excluded.${column}`)
            .join(' or ')}`,
        )
  return chunked(rows, (row) => [
    row.id,
    columns.map(({ position }) => (isGiven(row, position) ? '1' : '0')).join(''),
    ...columns.map(({ position }) => storable(row.values[position])),
  ]).map(
    (json) => sql`insert into ${name} (${sql.raw(['id', ...names].join(', '))})
      select ${sql.raw(['g.value ->> 0', ...selected].join(', '))}
      from json_each(${json}) as g ${join} where true
      on conflict (id) ${conflict}`,
  )
}

/** A value that is not known stays as it is. */
const storable = (value: StateRow['values'][number]) =>
  typeof value === 'object' || value === undefined ? null : value

/** The pair is the key. The id is the key of a statement that is run again. */
function upsertMembers({ members }: PendingWrites): SQL[] {
  const rows = [...members].flatMap(([contactId, list]) =>
    list.map((member) => ({ ...member, contactId })),
  )
  return chunked(rows, (row) => [
    row.id,
    row.contactId,
    row.personId,
    row.isPrimary,
    row.createdAt,
  ]).map(
    (json) => sql`insert into contact_people (id, contact_id, person_id, is_primary, created_at)
      select g.value ->> 0, g.value ->> 1, g.value ->> 2, g.value ->> 3, g.value ->> 4
      from json_each(${json}) as g where true
      on conflict (contact_id, person_id) do update
      set is_primary = excluded.is_primary, created_at = excluded.created_at
      where is_primary is not excluded.is_primary or created_at is not excluded.created_at
      on conflict (id) do nothing`,
  )
}

function addValues(list: PairList, { addedValues }: PendingWrites, newId: () => string): SQL[] {
  const added = addedValues.get(list.table) ?? []
  const table = sql.raw(list.table)
  const columns = sql.raw(`${list.owner}, ${list.value}`)
  if (!list.hasIds) {
    return chunked(added, (values) => values).map(
      (json) => sql`insert into ${table} (${columns})
        select g.value ->> 0, v.value from json_each(${json}) as g, json_each(g.value, '$[1]') as v
        where true on conflict do nothing`,
    )
  }
  const rows = added.flatMap(([owner, values]) => values.map((value) => [newId(), owner, value]))
  return chunked(rows, (row) => row).map(
    (json) => sql`insert into ${table} (id, ${columns})
      select g.value ->> 0, g.value ->> 1, g.value ->> 2 from json_each(${json}) as g
      where not exists (
        select 1 from ${table} as t where t.${sql.raw(list.owner)} = g.value ->> 1
        and t.${sql.raw(list.value)} = g.value ->> 2)`,
  )
}

function removeValues(list: PairList, { replacedLists }: PendingWrites): SQL[] {
  const columns = sql.raw(`${list.owner}, ${list.value}`)
  return chunked(replacedLists.get(list.table) ?? [], ({ owner, values }) => [owner, values]).map(
    (json) => sql`delete from ${sql.raw(list.table)}
      where ${sql.raw(list.owner)} in (select value ->> 0 from json_each(${json}))
      and (${columns}) not in (
        select g.value ->> 0, v.value from json_each(${json}) as g, json_each(g.value, '$[1]') as v)`,
  )
}

/**
 * People who are nobody's any more go with what they own. They go first, since a trigger notes the
 * account lists of their contacts.
 */
function removeMembers({ formerMembers }: PendingWrites): SQL[] {
  return chunked(formerMembers, (pair) => pair).flatMap((json) => {
    const former = sql`(select value ->> 0, value ->> 1 from json_each(${json}))`
    return [
      sql`delete from people where id in (select value ->> 1 from json_each(${json}))
        and not exists (select 1 from contact_people as j
          where j.person_id = people.id and (j.contact_id, j.person_id) not in ${former})`,
      sql`delete from contact_people where (contact_id, person_id) in ${former}`,
    ]
  })
}

/** The rows that lists do not name, known or not. */
function removeRows(
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
    ...chunked(
      cleared.map((id, index) => [id, named[index] ?? []] as const),
      (pair) => pair,
    ).map(
      (json) => sql`delete from ${name}
        where ${sql.raw(owner)} in (select value ->> 0 from json_each(${json})) and id not in (
          select v.value from json_each(${json}) as g, json_each(g.value, '$[1]') as v)`,
    ),
    ...chunked(known, (id) => id).map(
      (json) => sql`delete from ${name} where id in (select value from json_each(${json}))`,
    ),
  ]
}

const removeRoots = ({ name }: RowTable, { removed }: PendingWrites): SQL[] =>
  chunked([...(removed.get(name) ?? [])], (id) => id).map(
    (json) => sql`delete from ${sql.raw(name)} where id in (select value from json_each(${json}))`,
  )

/** Items as JSON arrays that D1 takes as bound values. */
function chunked<Item>(items: readonly Item[], convert: (item: Item) => unknown): string[] {
  const chunks: string[] = []
  let texts: string[] = []
  let bytes = 0
  for (const item of items) {
    const text = JSON.stringify(convert(item))
    const size = byteLength(text) + 1
    if (bytes + size > VALUE_BYTES && texts.length > 0) {
      chunks.push(`[${texts.join(',')}]`)
      texts = []
      bytes = 0
    }
    texts.push(text)
    bytes += size
  }
  if (texts.length > 0) chunks.push(`[${texts.join(',')}]`)
  return chunks
}
