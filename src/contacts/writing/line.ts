import type { LineType, OwnedList, PairList, PeopleList, RowList } from './line-types.ts'
import type { RowTable } from './row-tables.ts'
import type { LineError } from './sync-types.ts'
import type { Value } from './value-schemas.ts'

/** A row as a line gives it. */
export type GivenRow = {
  readonly table: RowTable
  readonly id: string
  /** By the positions of the columns. What the line does not give is undefined. */
  readonly values: readonly (Value | undefined)[]
  /** Its place in the line, a JSON pointer. */
  readonly pointer: string
}

export type GivenPairs = {
  readonly list: PairList
  readonly owner: string
  /** As they are given. */
  readonly items: readonly string[]
  /** Each once. */
  readonly values: readonly string[]
  readonly pointer: string
}

export type GivenRows = {
  readonly list: RowList
  readonly owner: string
  readonly rows: readonly GivenRow[]
}

export type GivenMember = {
  readonly person: GivenRow
  readonly isPrimary: number | undefined
  readonly lists: readonly GivenRows[]
}

export type GivenPeople = {
  readonly list: PeopleList
  readonly members: readonly GivenMember[]
}

/** A line that can be read. */
export type Line = {
  readonly number: number
  /** The line as it came. */
  readonly text: string
  readonly type: LineType
  readonly row: GivenRow
  readonly removed: boolean
  readonly pairs: readonly GivenPairs[]
  /** Of the row itself, and of the people of the line. */
  readonly rowLists: readonly GivenRows[]
  readonly people: GivenPeople | undefined
  /** Rows of all tables that the line names. */
  readonly size: number
}

/** A line that cannot be read. */
export type UnreadableLine = {
  readonly number: number
  readonly text: string
  readonly id: string | null
  readonly errors: readonly LineError[]
}

export const isReadable = (line: Line | UnreadableLine): line is Line => 'row' in line

/** The lists of a type that are of a kind. */
export const listsOf = <Kind extends OwnedList['kind']>(
  lists: readonly OwnedList[],
  kind: Kind,
): Extract<OwnedList, { kind: Kind }>[] =>
  lists.filter((list): list is Extract<OwnedList, { kind: Kind }> => list.kind === kind)
