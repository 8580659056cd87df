import { initialValue, type RowTable } from './row-tables.ts'
import type { Value } from './value-schemas.ts'

/** A stored text that is too long to be read, of which only the length in bytes is known. */
export type LongText = { readonly bytes: number }

/** A row as it is after the lines that have been applied so far. */
export type StateRow = {
  readonly table: RowTable
  readonly id: string
  /** The database has the row. */
  readonly isStored: boolean
  readonly isWritable: boolean
  readonly isRemovable: boolean
  /** There is such a row now. */
  exists: boolean
  /** By the positions of the columns; undefined where it is not known. */
  values: (Value | LongText | undefined)[]
  /** The positions of the columns that lines have given. */
  given: Set<number>
  /** It has to be written. */
  isChanged: boolean
  /** It was removed and then made again, so that no column stays as it is. */
  isMadeAgain: boolean
}

/** A person of a contact. */
export type Member = {
  readonly id: string
  readonly personId: string
  readonly isPrimary: number
  readonly createdAt: string
}

/** Whether a member is as it was. */
export const isSameMember = (before: Member | undefined, member: Member): boolean =>
  before?.isPrimary === member.isPrimary && before.createdAt === member.createdAt

/** A list of values. */
export type ValueList = {
  /** Which of the values that lines give are stored. */
  readonly stored: ReadonlySet<string>
  /** Others are stored, too. */
  readonly hasOthers: boolean
  /** The list as it is after the lines that have been applied; undefined before the first. */
  values: readonly string[] | undefined
}

/** What is known of the database, and what the lines of a batch make of it. */
export type BatchState = {
  readonly rows: ReadonlyMap<string, Map<string, StateRow>>
  /** By table of a list of rows: the ids by the row that has them. */
  readonly children: ReadonlyMap<string, Map<string, Set<string>>>
  /** By table of a list of rows: the rows that have more of it than the lines name. */
  readonly others: ReadonlyMap<string, Set<string>>
  /** By table of a list of values, and by owner. */
  readonly valueLists: ReadonlyMap<string, ReadonlyMap<string, ValueList>>
  /** By contact, in no order. */
  readonly storedMembers: ReadonlyMap<string, readonly Member[]>
  readonly members: Map<string, readonly Member[]>
  /** By type and id: when a row was deleted. */
  readonly deletedAt: Map<string, string>
}

export const rowOf = (state: BatchState, table: RowTable, id: string): StateRow | undefined =>
  state.rows.get(table.name)?.get(id)

/** Whether there is such a row that the token may write. */
export function isThere(state: BatchState, table: RowTable, id: string): boolean {
  const row = rowOf(state, table, id)
  return row !== undefined && row.exists && row.isWritable
}

/** A new row, with the defaults of its columns. */
export function makeRow(state: BatchState, table: RowTable, id: string, now: string): StateRow {
  const previous = rowOf(state, table, id)
  const row: StateRow = {
    table,
    id,
    isStored: previous?.isStored ?? false,
    isWritable: true,
    isRemovable: true,
    exists: true,
    values: table.columns.map((column) => initialValue(column, now)),
    given: new Set(),
    isChanged: true,
    isMadeAgain: previous?.isStored ?? false,
  }
  state.rows.get(table.name)?.set(id, row)
  return row
}

/** Notes the row that has a row of a list. */
export function addChild(
  { children }: Pick<BatchState, 'children'>,
  table: string,
  owner: string,
  id: string,
): void {
  const owners = children.get(table)
  const ids = owners?.get(owner)
  if (ids) ids.add(id)
  else owners?.set(owner, new Set([id]))
}
