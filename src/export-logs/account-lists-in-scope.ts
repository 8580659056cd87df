import type { Filter } from '../contacts/filter/filter.ts'
import { notFound } from '../http/errors.ts'

/**
 * The account lists whose contacts a filter may select: those it names, or all that the caller may
 * read.
 *
 * @throws HttpError 404 for one that does not exist or that the caller may not read, with the same
 *   text for both
 */
export function accountListsInScope(
  filter: Pick<Filter, 'accountListIds'>,
  readable: readonly string[],
): readonly string[] {
  if (!filter.accountListIds) return readable
  const isReadable = new Set(readable)
  const missing = filter.accountListIds.find((id) => !isReadable.has(id))
  if (missing === undefined) return filter.accountListIds
  throw notFound({ detail: `Resource 'AccountList' with id '${missing}' does not exist.` })
}
