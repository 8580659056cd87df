import type { Database } from '../../../db/client.ts'
import type { ContactSelection } from './contact-selection.ts'
import type { ListPacks } from './merge-lists.ts'
import { selectPacks, type Cursor, type StretchSize } from './selection-query.ts'

/** With names, a pack is no more than 2 MB, however they are written in JSON. */
const PACK_WITH_NAMES = 8000

/** With names, so many contacts take as much memory as a stretch without. */
const STRETCH_WITH_NAMES = 150_000

/**
 * So many packs an account list has in a stretch if they are all of one size: the larger ones take
 * what the smaller ones leave.
 */
const PACKS_OF_A_LIST = 4

/** So many account lists are one value that a statement is given; it is 2 MB at the most. */
const LISTS_OF_A_STATEMENT = 5000

/** An account list, and where to go on in it. */
export type OpenList = ListPacks & { cursor: Cursor }

export const openList = (accountListId: string): OpenList => ({
  packs: [],
  hasEnded: false,
  cursor: { accountListId, prefix: '', id: '' },
})

/**
 * Loads the next packs of the account lists that have not ended.
 *
 * @param inTurn whether to evaluate the filter for each contact in its turn
 * @returns the same; true where the account lists have turned out to be too large for anything else
 */
export async function loadStretch(
  database: Database,
  selection: ContactSelection,
  lists: readonly OpenList[],
  size: StretchSize,
  inTurn: boolean,
): Promise<boolean> {
  const listsById = new Map(lists.map((list) => [list.cursor.accountListId, list]))
  const cursors = lists.flatMap(({ hasEnded, cursor }) => (hasEnded ? [] : [cursor]))
  const groups = Array.from(
    { length: Math.ceil(cursors.length / LISTS_OF_A_STATEMENT) },
    (_, index) => cursors.slice(index * LISTS_OF_A_STATEMENT, (index + 1) * LISTS_OF_A_STATEMENT),
  )
  const sizeOfGroup = sizeFor(size, lists.length, groups.length)
  const options = { inTurn, withNames: lists.length > 1 }
  const [first, ...others] = groups.map((group) =>
    selectPacks(database, selection, group, sizeOfGroup, options),
  )
  if (!first) return inTurn
  let isTooLarge = false
  for (const { accountListId, prefix, id, ids, names, size: looked } of (
    await database.batch([first, ...others])
  ).flat()) {
    const list = accountListId === null ? undefined : listsById.get(accountListId)
    if (!list || ids === null || looked === null) {
      isTooLarge = true
      continue
    }
    if (ids !== '[]') list.packs.push({ ids, names })
    list.hasEnded = looked < sizeOfGroup.contactsOfAPack
    list.cursor = { ...list.cursor, prefix: prefix ?? '', id: id ?? '' }
  }
  return isTooLarge ? loadStretch(database, selection, lists, size, true) : inTurn
}

/** The part of a stretch that a group of account lists has. */
function sizeFor(size: StretchSize, lists: number, groups: number): StretchSize {
  if (lists === 1) return size
  const contacts = Math.min(size.contacts, STRETCH_WITH_NAMES)
  const share = Math.ceil(contacts / (lists * PACKS_OF_A_LIST))
  return {
    contacts: Math.ceil(contacts / groups),
    contactsOfAPack: Math.min(share, size.contactsOfAPack, PACK_WITH_NAMES),
  }
}
