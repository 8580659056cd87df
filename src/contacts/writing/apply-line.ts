import {
  addChild,
  makeRow,
  rowOf,
  type BatchState,
  type Member,
  type StateRow,
} from './batch-state.ts'
import type { GivenPairs, GivenPeople, GivenRow, GivenRows, Line } from './line.ts'
import { orderMembers } from './member-order.ts'
import { append, include, type PendingWrites } from './pending-writes.ts'

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
  const { row, isNew, isChanged } = setRow(application, line.row)
  const changes = [
    isChanged,
    ...line.pairs.map((pairs) => setPairs(application, pairs)),
    line.people ? setPeople(application, line.row.id, line.people) : false,
    ...line.rowLists
      .filter(({ owner }) => owner === line.row.id)
      .map((rows) => setRows(application, rows)),
  ]
  if (isNew) return 'created'
  if (!changes.includes(true)) return 'unchanged'
  touch(row, line.row, application.now)
  return 'updated'
}

/** Sets the columns that a line gives. */
function setRow({ state, now }: Application, given: GivenRow) {
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
  if (isChanged) row.isChanged = true
  return { row, isNew, isChanged }
}

/** Sets the time of the last change, unless the line does. */
function touch(row: StateRow, { table, values }: GivenRow, now: string): void {
  const position = table.positions.get('updated_at')
  if (position === undefined || values[position] !== undefined) return
  row.values[position] = now
  row.given.add(position)
  row.isChanged = true
}

function setPairs({ state, writes }: Application, given: GivenPairs): boolean {
  const { table } = given.list
  const missing = state.missingValues.get(table)?.get(given.owner)
  const hasOthers = state.others.get(table)?.has(given.owner) === true
  if (missing) append(writes.addedValues, table, [given.owner, missing] as const)
  if (hasOthers) append(writes.replacedLists, table, given)
  return missing !== undefined || hasOthers
}

/** Replaces the rows of a list. */
function setRows(application: Application, { list, owner, rows }: GivenRows): boolean {
  const { state, writes } = application
  const { table } = list
  const named = new Set(rows.map(({ id }) => id))
  const children = state.children.get(table.name)?.get(owner)
  let isChanged = false
  for (const id of children ?? []) {
    const child = rowOf(state, table, id)
    if (named.has(id) || !child) continue
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
function setPeople(application: Application, contactId: string, { members }: GivenPeople) {
  const { state, writes, now, newId } = application
  let isChanged = false
  for (const { person, lists } of members) {
    const { row, isNew, isChanged: isPersonChanged } = setRow(application, person)
    const changes = lists.map((rows) => setRows(application, rows))
    if (!isPersonChanged && !changes.includes(true)) continue
    isChanged = true
    if (!isNew) touch(row, person, now)
  }

  const stored = new Map(
    state.members.get(contactId)?.map((member) => [member.personId, member] as const),
  )
  const wanted = members.map(({ person, isPrimary }): Member => {
    const member = stored.get(person.id)
    const flag = isPrimary ?? member?.isPrimary ?? 0
    return member
      ? { ...member, isPrimary: flag }
      : { id: newId(), personId: person.id, isPrimary: flag, createdAt: now }
  })
  const ordered = orderMembers(wanted, Date.parse(now))
  for (const member of ordered) {
    const before = stored.get(member.personId)
    stored.delete(member.personId)
    if (before?.isPrimary === member.isPrimary && before.createdAt === member.createdAt) continue
    append(writes.members, contactId, member)
    isChanged = true
  }
  for (const personId of stored.keys()) {
    writes.formerMembers.push([contactId, personId])
    isChanged = true
  }
  state.members.set(contactId, [...ordered])
  return isChanged
}
