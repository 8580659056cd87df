import type { Database } from '../../../db/client.ts'
import type { ContactSelection } from './contact-selection.ts'
import type { ListPacks } from './merged-ids.ts'
import { selectPacks, type Cursor, type StretchSize } from './select-packs.ts'

/** A pack of contacts with names has at most 2 MB, even if each character is escaped in JSON. */
const PACK_WITH_NAMES = 8000

/** This number of contacts with names takes as much memory as a stretch without names. */
const STRETCH_WITH_NAMES = 150_000

/**
 * The packs of an account list in a stretch, if all account lists are of one size. Larger ones use
 * what smaller ones leave.
 */
const PACKS_OF_A_LIST = 4

/** The account lists in one bound value of a statement, which has at most 2 MB. */
const LISTS_OF_A_STATEMENT = 5000

/** An account list, and the position up to which it has been read. */
export type OpenList = ListPacks & { cursor: Cursor }

export const openList = (accountListId: string): OpenList => ({
  packs: [],
  hasEnded: false,
  cursor: { accountListId, prefix: '', id: '' },
})

/**
 * Loads the next packs of the account lists that have not ended.
 *
 * @param inTurn whether to evaluate the filter contact by contact, in the order of files
 * @returns `inTurn` for the next stretch; true if the account lists are too large for anything else
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

/** The share of a stretch for a group of account lists. */
function sizeFor(size: StretchSize, lists: number, groups: number): StretchSize {
  if (lists === 1) return size
  const contacts = Math.min(size.contacts, STRETCH_WITH_NAMES)
  const share = Math.ceil(contacts / (lists * PACKS_OF_A_LIST))
  return {
    contacts: Math.ceil(contacts / groups),
    contactsOfAPack: Math.min(share, size.contactsOfAPack, PACK_WITH_NAMES),
  }
}
