import type { Database } from '../db/client.ts'
import { accountListsInScope } from '../export-logs/account-lists-in-scope.ts'
import { readableAccountLists } from '../export-logs/readable-account-lists.ts'
import { badRequest, conflict, notFound } from '../http/errors.ts'
import type { SavedFilterRequest } from './read-saved-filter-request.ts'
import {
  countOfSavedFilters,
  insertSavedFilter,
  MOST_SAVED_FILTERS,
  otherOfName,
  savedFilterById,
  updateSavedFilter,
  type SavedFilter,
} from './saved-filter.ts'

/** Who asks, and when: `2022-01-12T17:18:07Z`. */
type Caller = { readonly database: Database; readonly userId: string; readonly now: string }

/**
 * Adds a saved filter. When an equal request has added it before, that one is returned, because the
 * response to it may have been lost.
 *
 * @throws HttpError 400 without a name, 404 for an account list, 409 when the id or the name is
 *   taken or the user has the most already
 */
export async function addSavedFilter(
  { database, userId, now }: Caller,
  { id = crypto.randomUUID(), choices, accountListIds }: SavedFilterRequest,
): Promise<SavedFilter> {
  const { name, filter = '{}', columns = null, sort = null, format = null } = choices
  if (name === undefined) {
    const detail = 'A saved filter needs a name.'
    throw badRequest({ detail, source: { pointer: '/data/attributes/name' } })
  }
  const row = { id, userId, name, filter, columns, sort, format, createdAt: now, updatedAt: now }
  const [[earlier], [sameName], [usage], readable] = await database.batch([
    savedFilterById(database, userId, id),
    otherOfName(database, userId, name, id),
    countOfSavedFilters(database, userId),
    readableAccountLists(database, userId),
  ])
  if (earlier && isSame(earlier, row)) return earlier
  if (sameName) throw nameTaken(name)
  if (usage && usage.count >= MOST_SAVED_FILTERS) throw tooMany()
  checkScope(accountListIds, readable)
  const added = await database.retry(() => insertSavedFilter(database, row))
  if (added.length > 0) return row
  // Another request was faster, an earlier attempt has succeeded, or the id is taken.
  const [[present], [taken], [usageNow]] = await database.batch([
    savedFilterById(database, userId, id),
    otherOfName(database, userId, name, id),
    countOfSavedFilters(database, userId),
  ])
  if (present && isSame(present, row)) return present
  if (taken) throw nameTaken(name)
  if (!present && usageNow && usageNow.count >= MOST_SAVED_FILTERS) throw tooMany()
  throw conflict({ detail: `The id '${id}' is taken.`, source: { pointer: '/data/id' } })
}

/**
 * Changes what is given of a saved filter.
 *
 * @throws HttpError 404 when the user has none of this id, or for an account list; 409 for a name
 *   that is taken
 */
export async function changeSavedFilter(
  { database, userId, now }: Caller,
  id: string,
  { choices, accountListIds }: SavedFilterRequest,
): Promise<SavedFilter> {
  const [found, readable] = await database.batch([
    savedFilterById(database, userId, id),
    readableAccountLists(database, userId),
  ])
  ownSavedFilter(found[0], id)
  checkScope(accountListIds, readable)
  const [changed] = await database.retry(() =>
    updateSavedFilter(database, userId, id, { ...choices, updatedAt: now }),
  )
  if (changed) return changed
  const [left] = await savedFilterById(database, userId, id)
  ownSavedFilter(left, id)
  throw nameTaken(choices.name ?? '')
}

/** @throws HttpError 404, in the same words whether there is none or it is another user's */
export function ownSavedFilter(row: SavedFilter | undefined, id: string): SavedFilter {
  if (row) return row
  throw notFound({ detail: `Resource 'SavedFilter' with id '${id}' does not exist.` })
}

/** Checks that the user may read the account lists that a filter names. */
function checkScope(
  accountListIds: readonly string[] | undefined,
  readable: readonly { readonly id: string }[],
): void {
  accountListsInScope(
    { accountListIds },
    readable.map(({ id }) => id),
  )
}

const isSame = (one: SavedFilter, other: SavedFilter): boolean =>
  (['name', 'filter', 'columns', 'sort', 'format'] as const).every(
    (member) => one[member] === other[member],
  )

const nameTaken = (name: string) =>
  conflict({
    detail: `You have a saved filter '${name}' already. Choose another name.`,
    source: { pointer: '/data/attributes/name' },
  })

const tooMany = () =>
  conflict({
    detail: `You have ${MOST_SAVED_FILTERS} saved filters, which is the most. Delete one first.`,
  })
