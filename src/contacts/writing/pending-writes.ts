import type { Member } from './batch-state.ts'
import type { GivenPairs } from './line.ts'

/** What the lines of a batch write, apart from rows, whose state says so itself. */
export type PendingWrites = {
  /** Members to be written, by contact. */
  readonly members: Map<string, Member[]>
  /** Pairs of a contact and a person who is not one of its people any more. */
  readonly formerMembers: (readonly [contactId: string, personId: string])[]
  /** By table of a list of values: owners, with values to be added. */
  readonly addedValues: Map<string, (readonly [owner: string, values: readonly string[]])[]>
  /** By table of a list of values: lists whose other values go. */
  readonly replacedLists: Map<string, GivenPairs[]>
  /** By table of a list of rows: owners whose rows that no line names go. */
  readonly clearedOwners: Map<string, Set<string>>
  /** By table: rows that lines remove with all they own. */
  readonly removed: Map<string, Set<string>>
}

export const noWrites = (): PendingWrites => ({
  members: new Map(),
  formerMembers: [],
  addedValues: new Map(),
  replacedLists: new Map(),
  clearedOwners: new Map(),
  removed: new Map(),
})

/** Adds an item to the list of a key. */
export function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** Adds an item to the set of a key. */
export function include<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  const set = sets.get(key)
  if (set) set.add(item)
  else sets.set(key, new Set([item]))
}
