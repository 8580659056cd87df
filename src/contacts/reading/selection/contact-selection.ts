import { sql, type SQL } from 'drizzle-orm'
import { contacts } from '../../../db/schema/index.ts'
import { compileFilter } from '../../filter/compile.ts'
import { inScope } from '../../filter/keys/conditions.ts'
import type { SortOrder } from '../contact-sort.ts'
import type { Filter } from '../../filter/filter.ts'

/** Whose contacts, and which of them. */
export type ContactSelection = {
  /** The account lists whose contacts may be seen. */
  readonly accountListIds: readonly string[]
  readonly filter: Filter
  /** `2022-01-12` */
  readonly today: string
  /** By name without it. */
  readonly sort?: SortOrder | undefined
}

/**
 * What the filter says of a contact: SQL that refers to `contacts` and `lists_in_scope` of the
 * statement around it.
 */
export const isWanted = ({ filter, today }: Omit<ContactSelection, 'accountListIds'>): SQL =>
  compileFilter(filter, today) ?? sql`true`

/** The account lists of a selection, as a table in SQL that follows `with` and `with recursive`. */
export const listsInScope = ({ accountListIds }: ContactSelection): SQL =>
  sql`lists_in_scope(id) as materialized (select value
    from json_each(${JSON.stringify(accountListIds)}))`

/**
 * Whether the filter looks at nothing but the status, which the index in the order of files holds.
 */
export const looksAtStatusAlone = ({ filter }: ContactSelection): boolean =>
  Object.keys(filter.keys).every((name) => name === 'status')

/**
 * The contacts of account lists whom the filter wants, as what follows `select …` in SQL. Contacts
 * are read in the order of their ids, in which the rows of other tables stand in their indexes: in
 * the order of a file it takes two to three times as long.
 *
 * @param lists the ids of the account lists: a subquery
 */
export const fromWanted = (selection: ContactSelection, lists = inScope): SQL =>
  sql`from ${contacts} indexed by contacts_in_order_of_ids
    where ${contacts.accountListId} in ${lists} and (${isWanted(selection)})`
