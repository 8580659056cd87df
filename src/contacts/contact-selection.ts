import { sql, type SQL } from 'drizzle-orm'
import { contacts } from '../db/schema/index.ts'
import { filterCondition } from './filter/filter-condition.ts'
import { isAmong } from './filter/filter-key.ts'
import type { Filter } from './filter/read-filter.ts'

/** Whose contacts, and which of them. */
export type ContactSelection = {
  /** The account lists whose contacts may be seen. */
  readonly accountListIds: readonly string[]
  readonly filter: Filter
  /** `2022-01-12` */
  readonly today: string
}

/** What the filter says of a contact: SQL that refers to the table `contacts` of the statement around it. */
export const isWanted = ({ accountListIds, filter, today }: ContactSelection): SQL =>
  filterCondition(filter, { given: filter.given, accountListIds, today }) ?? sql`true`

/** Whether the filter looks at nothing but the status, which the index in the order of files holds. */
export const looksAtStatusAlone = ({ filter }: ContactSelection): boolean =>
  filter.keys.every(({ name }) => name === 'status')

/**
 * The contacts of account lists whom the filter wants, as what follows `select …` in SQL. They are read in the order of their
 * ids, in which the rows of other tables stand in their indexes: in the order of a file it takes two to three times as long.
 *
 * @param accountListIds some or all of the selection's
 */
export const fromWanted = (
  selection: ContactSelection,
  accountListIds = selection.accountListIds,
): SQL => sql`from ${contacts} indexed by contacts_in_order_of_ids
  where ${isAmong(contacts.accountListId, accountListIds)} and (${isWanted(selection)})`
