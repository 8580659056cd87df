import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contactCards, contacts } from '../../../db/schema/index.ts'
import { inScope } from '../../filter/keys/conditions.ts'
import type { AccessCheck } from '../access-check.ts'
import { rowOrBytes, type FoundRow } from '../rows/read-rows.ts'
import { STATEMENT_BYTES } from '../rows/text-marks.ts'
import {
  fromWanted,
  isWanted,
  listsInScope,
  looksAtStatusAlone,
  type ContactSelection,
} from '../selection/contact-selection.ts'
import { FIRST_PAGE } from '../selection/selected-pages.ts'
import type { SelectedContact } from '../selection/selected-contact.ts'
import { isCardOf, makeCardsOf, type CardKey, type MadeRow } from './card-statements.ts'
import type { Cards } from './read-cards.ts'

/**
 * So many contacts are filtered and sorted for the first page by itself. In larger account lists
 * the first page waits for the selection, unless the filter can be evaluated in the order of files.
 */
const FEW_CONTACTS = 2000

/** The first page is larger as long as its contacts have cards, so that a small file needs no other. */
const FIRST_PAGE_OF_CARDS = 1000

const ROW_BYTES = Math.floor(STATEMENT_BYTES / FIRST_PAGE_OF_CARDS)

/** A contact of the first page, or without an id, what has been withdrawn. */
export type FirstRow = {
  readonly accountListId: string | null
  readonly id: string | null
  /** None without a card. */
  readonly row: FoundRow | null
}

/**
 * The query for the first contacts of a selection, in the order of files, and the statement that
 * makes missing cards of the very first. They return no contact if this would take as long as
 * the whole selection.
 *
 * @param condition without it they return none and make no card
 */
export const firstPageStatements = (
  database: Database,
  selection: ContactSelection,
  access: AccessCheck,
  condition: SQL,
) => {
  const lists = listsInScope(selection, condition)
  const first = firstContacts(selection, FIRST_PAGE)
  const ready = database
    .select({
      accountListId: sql<string | null>`list`,
      id: sql<string | null>`id`,
      row: sql<FoundRow | null>`row`,
    })
    .from(
      sql`(
        with ${lists}, first(list, name, id) as materialized (
          ${firstContacts(selection, FIRST_PAGE_OF_CARDS)})
        select first.list as list, first.id as id, ${rowOrBytes(sql`card.row`, ROW_BYTES)} as row
        from first left join ${contactCards} as card on ${isCardOf(keyOfFirst)}
        union all select null, null, ${access.withdrawnJson()})`,
    )
  const made = makeCardsOf(
    database,
    sql`(with ${lists} select list, name, id from (${first})) as first`,
    keyOfFirst,
    ROW_BYTES,
  )
  return [ready, made] as const
}

/** The first page of a file. */
type FirstPage = {
  readonly selected: readonly SelectedContact[]
  /** The rows of those that have a card. */
  readonly rows: ReadonlyMap<string, FoundRow>
  readonly last: Cards['last']
}

/** @throws AccessWithdrawn when access has been withdrawn */
export function firstPageOf(
  ready: readonly FirstRow[],
  made: readonly MadeRow[],
  access: AccessCheck,
): FirstPage {
  const selected: SelectedContact[] = []
  const rows = new Map<string, FoundRow>()
  for (const { accountListId, id, row } of ready) {
    if (id === null || accountListId === null) access.accept(row)
    else {
      selected.push({ id, accountListId, name: undefined })
      if (row !== null) rows.set(id, row)
    }
  }
  const hadReady = selected.length === 0 || rows.size > 0
  const hadMissing = selected.length === 0 || rows.size < selected.length
  // After the contacts whose cards were made, it ends with the first that has none.
  const end = selected.findIndex(({ id }, index) => index >= FIRST_PAGE && !rows.has(id))
  for (const { id, found } of made) rows.set(id, found)
  const page = end === -1 ? selected : selected.slice(0, end)
  return { selected: page, rows, last: { hadReady, hadMissing } }
}

const keyOfFirst: CardKey = {
  accountListId: sql`first.list`,
  name: sql`first.name`,
  id: sql`first.id`,
}

function firstContacts(selection: ContactSelection, most: number): SQL {
  const columns = sql`select ${contacts.accountListId} as list, ${contacts.name} as name,
    ${contacts.id} as id`
  const order = sql`order by ${contacts.name}, ${contacts.id} limit ${sql.raw(String(most))}`
  // In another order, all contacts have to be sorted for the first page as well.
  if (selection.sort) return sql`${columns} from ${contacts} where false`
  if (selection.accountListIds.length === 1 && looksAtStatusAlone(selection)) {
    return sql`${columns} from ${contacts} indexed by contacts_in_file_order
      where ${contacts.accountListId} = ${inScope} and (${isWanted(selection)})
      ${order}`
  }
  return sql`${columns} ${fromWanted(selection, inScope, ifFew)} ${order}`
}

const few = sql.raw(String(FEW_CONTACTS))
const ifFew = sql`(
  select 1 from (
    select count(*) as number from (
      select 1 from ${contacts} where ${contacts.accountListId} in ${inScope} limit ${few} + 1))
  where number <= ${few}) cross join`
