import {
  addChild,
  isSameMember,
  makeRow,
  rowOf,
  type BatchState,
  type Member,
} from './batch-state.ts'
import type { GivenPairs, GivenPeople, GivenRow, GivenRows, Line } from './line.ts'
import { orderMembers } from './member-order.ts'
import { include } from './maps.ts'
import type { PendingWrites } from './pending-writes.ts'

/** What is applied to what, and when. */
export type Application = {
  readonly state: BatchState
  readonly writes: PendingWrites
  /** The time, as the database stores it. */
  readonly now: string
  readonly newId: () => string
}

/** Applies a line without errors to the state. */
export function applyLine(
  application: Application,
  line: Line,
): 'created' | 'updated' | 'unchanged' {
  const { isNew, isChanged } = setRow(application, line.row)
  const named = namedRows(line)
  const changes = [
    isChanged,
    ...line.pairs.map((pairs) => setPairs(application, pairs)),
    line.people ? setPeople(application, line.row.id, line.people, named) : false,
    ...line.rowLists
      .filter(({ owner }) => owner === line.row.id)
      .map((rows) => setRows(application, rows, named)),
  ]
  if (isNew) return 'created'
  return changes.includes(true) ? 'updated' : 'unchanged'
}

/** The ids by table of the rows in the lists of a line. */
function namedRows({ rowLists }: Line): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>()
  for (const { list, rows } of rowLists) {
    for (const { id } of rows) include(named, list.table.name, id)
  }
  return named
}

/** Sets the columns that a line gives, and the time of the change unless the line does. */
function setRow(
  { state, now }: Application,
  given: GivenRow,
): { readonly isNew: boolean; readonly isChanged: boolean } {
  const found = rowOf(state, given.table, given.id)
  const isNew = !found?.exists
  const row = isNew ? makeRow(state, given.table, given.id, now) : found
  let isChanged = isNew
  for (const [position, value] of given.values.entries()) {
    if (value === undefined) continue
    row.given.add(position)
    if (row.values[position] === value) continue
    row.values[position] = value
    isChanged = true
  }
  if (!isChanged) return { isNew, isChanged }
  row.isChanged = true
  const updatedAt = given.table.positions.get('updated_at')
  if (!isNew && updatedAt !== undefined && given.values[updatedAt] === undefined) {
    row.values[updatedAt] = now
    row.given.add(updatedAt)
  }
  return { isNew, isChanged }
}

/** Replaces a list of values. */
function setPairs({ state }: Application, { list, owner, values }: GivenPairs): boolean {
  const known = state.valueLists.get(list.table)?.get(owner)
  if (!known) return false
  const before: ReadonlySet<string> = known.values ? new Set(known.values) : known.stored
  const hadOthers = known.values === undefined && known.hasOthers
  known.values = values
  return hadOthers || before.size !== values.length || values.some((value) => !before.has(value))
}

/** Replaces the rows of a list. A row that the line names in another list moves there. */
function setRows(
  application: Application,
  { list, owner, rows }: GivenRows,
  namedInLine: ReturnType<typeof namedRows>,
): boolean {
  const { state, writes } = application
  const { table } = list
  const named = namedInLine.get(table.name)
  const children = state.children.get(table.name)?.get(owner)
  let isChanged = false
  for (const id of children ?? []) {
    const child = rowOf(state, table, id)
    if (named?.has(id) === true || !child) continue
    child.exists = false
    children?.delete(id)
    isChanged = true
  }
  if (state.others.get(table.name)?.delete(owner)) {
    include(writes.clearedOwners, table.name, owner)
    isChanged = true
  }
  const ownerPosition = table.positions.get(list.owner) ?? 0
  for (const given of rows) {
    const previous = rowOf(state, table, given.id)?.values[ownerPosition]
    const { isChanged: isRowChanged } = setRow(application, given)
    if (isRowChanged) isChanged = true
    if (typeof previous === 'string' && previous !== owner) {
      state.children.get(table.name)?.get(previous)?.delete(given.id)
    }
    addChild(state, table.name, owner, given.id)
  }
  return isChanged
}

/** Replaces the people of a contact, and sets what the line gives of each. */
function setPeople(
  application: Application,
  contactId: string,
  { members }: GivenPeople,
  named: ReturnType<typeof namedRows>,
) {
  const { state, writes, now, newId } = application
  let isChanged = false
  for (const { person, lists } of members) {
    const changes = [
      setRow(application, person).isChanged,
      ...lists.map((rows) => setRows(application, rows, named)),
    ]
    if (changes.includes(true)) isChanged = true
  }

  const before = new Map(
    state.members.get(contactId)?.map((member) => [member.personId, member] as const),
  )
  const wanted = members.map(({ person, isPrimary }): Member => {
    const member = before.get(person.id)
    const flag = isPrimary ?? member?.isPrimary ?? 0
    return member
      ? { ...member, isPrimary: flag }
      : { id: newId(), personId: person.id, isPrimary: flag, createdAt: now }
  })
  const ordered = orderMembers(wanted, Date.parse(now))
  for (const member of ordered) {
    if (!isSameMember(before.get(member.personId), member)) isChanged = true
    before.delete(member.personId)
  }
  for (const personId of before.keys()) {
    writes.formerMembers.push([contactId, personId])
    isChanged = true
  }
  state.members.set(contactId, ordered)
  return isChanged
}
