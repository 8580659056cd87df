import type { GivenPairs, Line } from './line.ts'
import { append } from './maps.ts'

/** What has to be read of the database before lines are applied. */
export type Lookups = {
  /** By table: the ids of the rows that lines give or refer to. */
  readonly rowIds: ReadonlyMap<string, ReadonlySet<string>>
  /** By table: the positions of the columns that some line gives. */
  readonly columns: ReadonlyMap<string, ReadonlySet<number>>
  /** By table of a list of rows: the rows that have the list. */
  readonly listOwners: ReadonlyMap<string, ReadonlySet<string>>
  /** By table of a list of values: the lists. */
  readonly pairs: ReadonlyMap<string, readonly GivenPairs[]>
  /** Contacts whose people are given, or that are removed. */
  readonly contactsWithPeople: ReadonlySet<string>
  /** By type: the ids of rows that may have been deleted before. */
  readonly tombstones: ReadonlyMap<string, ReadonlySet<string>>
}

/** Collects what the lines need to know. */
export function lookupsOf(lines: readonly Line[], ifNewer: boolean): Lookups {
  const rowIds = new Map<string, Set<string>>()
  const columns = new Map<string, Set<number>>()
  const listOwners = new Map<string, Set<string>>()
  const pairs = new Map<string, GivenPairs[]>()
  const contactsWithPeople = new Set<string>()
  const tombstones = new Map<string, Set<string>>()

  for (const line of lines) {
    for (const { table, id, values } of rowsOf(line)) {
      setOf(rowIds, table.name).add(id)
      const given = setOf(columns, table.name)
      values.forEach((value, position) => {
        if (value === undefined) return
        given.add(position)
        const references = table.columns[position]?.references
        if (references !== undefined && value !== null) setOf(rowIds, references).add(String(value))
      })
    }
    for (const { list, owner } of line.rowLists) setOf(listOwners, list.table.name).add(owner)
    for (const given of line.pairs) {
      const { table, references } = given.list
      append(pairs, table, given)
      if (references) for (const id of given.values) setOf(rowIds, references.name).add(id)
    }
    if (line.people || line.removed) contactsWithPeople.add(line.row.id)
    if (ifNewer) setOf(tombstones, line.type.name).add(line.row.id)
  }
  return { rowIds, columns, listOwners, pairs, contactsWithPeople, tombstones }
}

/** All rows that a line gives, parents first. */
export function* rowsOf(line: Line) {
  yield line.row
  for (const { person } of line.people?.members ?? []) yield person
  for (const { rows } of line.rowLists) yield* rows
}

/** The set of a key, made where there is none. */
function setOf<Item>(sets: Map<string, Set<Item>>, key: string): Set<Item> {
  const found = sets.get(key) ?? new Set<Item>()
  sets.set(key, found)
  return found
}
