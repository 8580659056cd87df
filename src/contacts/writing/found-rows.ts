import {
  addChild,
  type BatchState,
  type LongText,
  type Member,
  type StateRow,
  type ValueList,
} from './batch-state.ts'
import { PAIR_LISTS, ROW_LISTS } from './line-types.ts'
import type { Lookups } from './lookups.ts'
import { append, include } from './maps.ts'
import { ROW_TABLES, type RowTable, type WritableColumn } from './row-tables.ts'
import type { Value } from './value-schemas.ts'

/** The kinds of row that the statement of `loadState` returns. */
export const MEMBER = 0
export const TOMBSTONE = 1
export const FIRST_TABLE = 10
export const FIRST_OTHERS = FIRST_TABLE + ROW_TABLES.length
export const FIRST_PAIRS = FIRST_OTHERS + ROW_LISTS.length

export type Found = {
  readonly kind: number
  readonly a: string
  readonly b: string | number | null
  readonly data: string | null
}

/** The state before the first line. */
export function stateOf(found: readonly Found[], lookups: Lookups): BatchState {
  const rows = new Map(ROW_TABLES.map(({ name }) => [name, new Map<string, StateRow>()]))
  const children = new Map(
    ROW_LISTS.map(({ table }) => [table.name, new Map<string, Set<string>>()]),
  )
  const others = new Map(ROW_LISTS.map(({ table }) => [table.name, new Set<string>()]))
  const deletedAt = new Map<string, string>()
  const members = new Map<string, Member[]>()
  /** By table and owner: values that are not stored, and whether others are. */
  const missing = new Map<string, Set<string>>()
  const owners = new Set<string>()

  for (const { kind, a, b, data } of found) {
    if (kind === MEMBER) {
      append(members, a, memberOf(String(b), data))
    } else if (kind === TOMBSTONE) {
      const key = `${a} ${b}`
      if (data !== null && data > (deletedAt.get(key) ?? '')) deletedAt.set(key, data)
    } else if (kind < FIRST_OTHERS) {
      const row = rowOf(ROW_TABLES[kind - FIRST_TABLE], a, b, data, lookups)
      if (!row) continue
      rows.get(row.table.name)?.set(a, row)
      const owner = row.values[OWNERS.get(row.table.name) ?? -1]
      if (typeof owner === 'string') addChild({ children }, row.table.name, owner, a)
    } else if (kind < FIRST_PAIRS) {
      others.get(ROW_LISTS[kind - FIRST_OTHERS]?.table.name ?? '')?.add(a)
    } else {
      const list = `${PAIR_LISTS[Math.floor((kind - FIRST_PAIRS) / 2)]?.table} ${a}`
      if ((kind - FIRST_PAIRS) % 2 === 1) owners.add(list)
      else include(missing, list, String(b))
    }
  }
  const valueLists = valueListsOf(lookups, missing, owners)
  return {
    rows,
    children,
    others,
    valueLists,
    storedMembers: members,
    members: new Map(members),
    deletedAt,
  }
}

function memberOf(personId: string, data: string | null): Member {
  const [id, isPrimary, createdAt]: [string, number, string] = JSON.parse(data ?? '[]')
  return { id, personId, isPrimary, createdAt }
}

function valueListsOf(
  { pairs }: Lookups,
  missing: ReadonlyMap<string, ReadonlySet<string>>,
  owners: ReadonlySet<string>,
): BatchState['valueLists'] {
  const lists = new Map<string, Map<string, ValueList>>()
  for (const [table, given] of pairs) {
    const byOwner = new Map<string, ValueList>()
    for (const { owner, values } of given) {
      const key = `${table} ${owner}`
      const lacking = missing.get(key)
      const stored = new Set(byOwner.get(owner)?.stored)
      for (const value of values) if (!lacking?.has(value)) stored.add(value)
      byOwner.set(owner, { stored, hasOthers: owners.has(key), values: undefined })
    }
    lists.set(table, byOwner)
  }
  return lists
}

/** The columns that are read: those that lines give, and those that a row cannot be without. */
export const readColumns = (table: RowTable, columns: Lookups['columns']) => {
  const given = columns.get(table.name)
  return table.columns
    .map((column, position) => ({ column, position }))
    .filter(({ column, position }) => column.isRequired || given?.has(position))
}

function rowOf(
  table: RowTable | undefined,
  id: string,
  rights: Found['b'],
  data: string | null,
  { columns }: Lookups,
): StateRow | undefined {
  if (!table) return undefined
  const found: (string | number | null)[] = JSON.parse(data ?? '[]')
  const values: StateRow['values'] = table.columns.map(() => undefined)
  readColumns(table, columns).forEach(({ column, position }, index) => {
    values[position] = readValue(column, found[index] ?? null)
  })
  return {
    table,
    id,
    isStored: true,
    isWritable: Number(rights) > 0,
    isRemovable: Number(rights) > 1,
    exists: true,
    values,
    given: new Set(),
    isChanged: false,
    isMadeAgain: false,
  }
}

function readValue({ kind }: WritableColumn, found: string | number | null): Value | LongText {
  if (kind === 'number') return found === 'NULL' ? null : Number(found)
  return kind === 'text' && typeof found === 'number' ? { bytes: found } : found
}

/** By table of a list of rows: the position of the column that names the owner. */
const OWNERS: ReadonlyMap<string, number | undefined> = new Map(
  ROW_LISTS.map(({ table, owner }) => [table.name, table.positions.get(owner)]),
)
