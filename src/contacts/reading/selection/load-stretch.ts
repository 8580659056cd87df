import type { SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { looksAtStatusAlone, type ContactSelection } from './contact-selection.ts'
import type { ListPacks } from './merged-contacts.ts'
import { selectPacks, type Cursor, type StretchSize } from './select-packs.ts'

/** A pack is a value of at most 2 MB, even if each character of the names is escaped in JSON. */
const CONTACTS_OF_A_PACK = 5000

/**
 * When the filter is evaluated contact by contact, a stretch is small: no page waits long for the
 * statement. The first one is read together with the first page.
 */
const FIRST_STRETCH: StretchSize = { contacts: 5000, contactsOfAPack: CONTACTS_OF_A_PACK }
const STRETCH: StretchSize = { contacts: 25_000, contactsOfAPack: CONTACTS_OF_A_PACK }

/** Otherwise it is large, because each stretch evaluates the filter for all contacts. */
const LARGE_STRETCH: StretchSize = { contacts: 325_000, contactsOfAPack: CONTACTS_OF_A_PACK }

/** This number of contacts of several account lists has as many packs, most of which are small. */
const STRETCH_OF_LISTS = 150_000

/**
 * The packs of an account list in a stretch, if all account lists are of one size. Larger ones use
 * what smaller ones leave.
 */
const PACKS_OF_A_LIST = 4
const LEAST_OF_A_PACK = 25

/** The account lists in one bound value of a statement, which has at most 2 MB. */
const LISTS_OF_A_STATEMENT = 5000

/** An account list, and the position up to which it has been read. */
type OpenList = ListPacks & { cursor: Cursor }

const openList = (accountListId: string): OpenList => ({
  accountListId,
  packs: [],
  hasEnded: false,
  cursor: { accountListId, prefix: '', id: '' },
})

/** What has been read of a selection, and how its filter is evaluated. */
export type OpenSelection = {
  readonly selection: ContactSelection
  /** None in another order than by name, for which all account lists are sorted together. */
  readonly lists: readonly OpenList[]
  /** Whether to evaluate the filter contact by contact, in the order of files. */
  inTurn: boolean
  /** The number of contacts that the filter has been evaluated for, and of those selected. */
  examined: number
  selected: number
  /** The size of each stretch, for tests. */
  readonly size: StretchSize | undefined
}

/** A selection of which nothing has been read. */
export const openSelection = (selection: ContactSelection, size?: StretchSize): OpenSelection => ({
  selection,
  lists: selection.sort ? [] : [...new Set(selection.accountListIds)].map(openList),
  inTurn: looksAtStatusAlone(selection),
  examined: 0,
  selected: 0,
  size,
})

/** The part of all contacts that is selected, as far as the selection has been read. */
export const densityOf = ({ examined, selected }: OpenSelection): number =>
  examined === 0 ? 1 : selected / examined

/**
 * The statements for the next packs of the account lists that have not ended.
 *
 * @param condition without it they return none
 */
export function stretchStatements(database: Database, open: OpenSelection, condition?: SQL) {
  const { selection, lists, inTurn } = open
  const cursors = lists.flatMap(({ hasEnded, cursor }) => (hasEnded ? [] : [cursor]))
  const groups = Array.from(
    { length: Math.ceil(cursors.length / LISTS_OF_A_STATEMENT) },
    (_, index) => cursors.slice(index * LISTS_OF_A_STATEMENT, (index + 1) * LISTS_OF_A_STATEMENT),
  )
  const size = sizeFor(open, groups.length)
  return groups.map((group) => selectPacks(database, selection, group, size, inTurn, condition))
}

/** A row of such a statement. */
export type PackRow = Awaited<ReturnType<typeof selectPacks>>[number]

/**
 * Takes the results of these statements.
 *
 * @returns whether they contain a stretch. If not, the account lists are too large to be filtered
 *   beforehand, and the next statements evaluate the filter contact by contact
 */
export function takeStretch(
  open: OpenSelection,
  results: readonly (readonly PackRow[])[],
): boolean {
  const { contactsOfAPack } = sizeFor(open, results.length)
  const listsById = new Map(open.lists.map((list) => [list.accountListId, list]))
  for (const row of results.flat()) {
    const { accountListId, prefix, id, ids, names, selected, size: examined } = row
    const list = accountListId === null ? undefined : listsById.get(accountListId)
    if (!list || ids === null || names === null || selected === null || examined === null) {
      open.inTurn = true
      return false
    }
    open.examined += examined
    open.selected += selected
    if (selected > 0) list.packs.push({ ids, names })
    list.hasEnded = examined < contactsOfAPack
    list.cursor = { ...list.cursor, prefix: prefix ?? '', id: id ?? '' }
  }
  return true
}

/** Loads the next packs of the account lists that have not ended. */
export async function loadStretch(database: Database, open: OpenSelection): Promise<void> {
  const [first, ...others] = stretchStatements(database, open)
  if (!first) return
  const results = await database.batch([first, ...others])
  if (!takeStretch(open, results)) await loadStretch(database, open)
}

/** The share of a stretch for a group of account lists. */
function sizeFor({ lists, inTurn, size: given }: OpenSelection, groups: number): StretchSize {
  const isFirst = lists.every(({ cursor }) => cursor.id === '')
  const size = given ?? (inTurn ? (isFirst ? FIRST_STRETCH : STRETCH) : LARGE_STRETCH)
  if (lists.length === 1) return size
  const contacts = Math.min(size.contacts, STRETCH_OF_LISTS)
  const share = Math.ceil(contacts / (lists.length * PACKS_OF_A_LIST))
  return {
    contacts: Math.ceil(contacts / groups),
    contactsOfAPack: Math.min(Math.max(share, LEAST_OF_A_PACK), size.contactsOfAPack),
  }
}
