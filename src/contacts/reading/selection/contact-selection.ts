import { sql, type SQL } from 'drizzle-orm'
import { contacts } from '../../../db/schema/index.ts'
import { compileFilter } from '../../filter/compile.ts'
import { inScope } from '../../filter/keys/conditions.ts'
import type { SortOrder } from '../contact-sort.ts'
import type { Filter } from '../../filter/filter.ts'

/** Which contacts of which account lists. */
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
 * Whether the filter selects a contact: SQL that refers to the tables `contacts` and
 * `lists_in_scope` of its statement.
 */
export const isWanted = ({ filter, today }: Omit<ContactSelection, 'accountListIds'>): SQL =>
  compileFilter(filter, today) ?? sql`true`

/**
 * The account lists of a selection, as a table that follows `with` or `with recursive`.
 *
 * @param condition without it there are none
 */
export const listsInScope = (
  { accountListIds }: Pick<ContactSelection, 'accountListIds'>,
  condition = sql`true`,
): SQL =>
  sql`lists_in_scope(id) as materialized (
    select value from json_each(${JSON.stringify(accountListIds)}) where ${condition})`

/** Whether the filter only needs the status, which is in the index in the order of files. */
export const looksAtStatusAlone = ({ filter }: ContactSelection): boolean =>
  Object.keys(filter.keys).every((name) => name === 'status')

/**
 * The contacts of account lists that the filter selects, as the part of a statement that follows
 * `select …`. Contacts are read in the order of their ids, which is the order of other tables'
 * indexes: in the order of a file it takes two to three times as long.
 *
 * @param lists the ids of the account lists: a subquery
 * @param condition a table that is empty when no contacts are to be read, and `cross join`
 */
export const fromWanted = (selection: ContactSelection, lists = inScope, condition = sql``): SQL =>
  sql`from ${condition} ${contacts} indexed by contacts_in_order_of_ids
    where ${contacts.accountListId} in ${lists} and (${isWanted(selection)})`
