import { and, asc } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { contacts } from '../db/schema/index.ts'
import { filterCondition } from './filter/filter-condition.ts'
import { inList } from './filter/filter-key.ts'
import type { Filter } from './filter/read-filter.ts'

/** Whose contacts, and which of them. */
export type ContactSelection = {
  /** The account lists whose contacts may be seen. */
  readonly accountListIds: readonly string[]
  readonly filter: Filter
  /** `2022-01-12` */
  readonly today: string
}

/** The query for the ids of the contacts selected, in the order of the file: by name in code-point order, then by id. */
export const selectedIds = (
  database: Database,
  { accountListIds, filter, today }: ContactSelection,
) =>
  database
    .select({ id: contacts.id })
    .from(contacts)
    .where(
      and(
        inList(contacts.accountListId, accountListIds),
        filterCondition(filter, { given: filter.given, accountListIds, today }),
      ),
    )
    .orderBy(asc(contacts.name), asc(contacts.id))
