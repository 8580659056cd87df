import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../../db/client.ts'
import { contactCards, contacts } from '../../../db/schema/index.ts'
import { selectedRow } from '../../../db/selected-row.ts'
import type { AccessCheck } from '../access-check.ts'
import { contactRow, ROW_VERSION } from '../rows/contact-row.ts'
import { rowOrBytes, type FoundRow } from '../rows/read-rows.ts'
import { SHORT_TEXT_BYTES } from '../rows/text-marks.ts'
import type { SelectedContact } from '../selection/selected-contact.ts'

/** A contact with a longer name has no card: with its row it could exceed the 2 MB of D1. */
const NAME_BYTES = 1000

/**
 * The query for the rows of those contacts that have a card, and in a row without an id for what
 * has been withdrawn.
 *
 * @param isDense whether most contacts between the first and the last of these are among them: then
 *   the range is read, without a key for each. Rows of other contacts are returned as well
 * @param most of a row with more bytes, only their number is returned
 */
export function readyRows(
  database: Database,
  selected: readonly SelectedContact[],
  access: AccessCheck,
  isDense: boolean,
  most: number,
) {
  const row = sql`${rowOrBytes(sql`card.row`, most)} as row`
  const range = isDense ? rangeOf(selected) : undefined
  const rows = range
    ? sql`select * from (
        select card.contact_id as id, ${row} from ${contactCards} as card
        where ${range} limit ${sql.raw(String(rangeRows(selected.length)))})`
    : sql`select card.contact_id as id, ${row} from json_each(${keysOf(selected)}) as page
        cross join ${contactCards} as card on ${isCardOf(keyOfPage)}`
  return database
    .select({ id: sql<string | null>`id`, row: sql<FoundRow>`row` })
    .from(sql`(${rows} union all select null, ${access.withdrawnJson()})`)
}

/** Of the contacts in a dense range at least so many are wanted. */
export const DENSE = 0.7

/** The most rows of a dense range. */
export const rangeRows = (selected: number): number => Math.ceil(selected / DENSE) + 50

/** The condition that a card is in the range of these contacts, if its ends are known. */
function rangeOf(selected: readonly SelectedContact[]): SQL | undefined {
  const [first, last] = [selected[0], selected.at(-1)]
  if (first?.name === undefined || last?.name === undefined) return undefined
  if (selected.some(({ accountListId }) => accountListId !== first.accountListId)) return undefined
  return sql`card.account_list_id = ${first.accountListId}
    and (card.name, card.contact_id) >= (${first.name}, ${first.id})
    and (card.name, card.contact_id) <= (${last.name}, ${last.id}) and ${isOfThisVersion}`
}

/** The statement that makes the cards of those contacts that have none, and returns their rows. */
export const makeCards = (database: Database, selected: readonly SelectedContact[], most: number) =>
  makeCardsOf(database, sql`json_each(${keysOf(selected.toSorted(byId))}) as page`, keyOfPage, most)

/** The SQL of the key of a card. */
export type CardKey = { readonly accountListId: SQL; readonly name: SQL; readonly id: SQL }

/** The row of a card that was made, or the number of its bytes. */
export type MadeRow = { readonly id: string; readonly found: FoundRow }

/** @param source the rows with the keys */
export const makeCardsOf = (database: Database, source: SQL, key: CardKey, most: number) =>
  database
    .insert(contactCards)
    .select(
      sql`select ${selectedRow(contactCards, {
        accountListId: contacts.accountListId,
        name: contacts.name,
        contactId: contacts.id,
        version: ROW_VERSION,
        row: contactRow(SHORT_TEXT_BYTES),
      })}
      from ${source} cross join ${contacts} on ${contacts.id} = ${key.id}
      where octet_length(${contacts.name}) <= ${sql.raw(String(NAME_BYTES))}
        and not exists (select 1 from ${contactCards} as card where ${isCardOf(key)})`,
    )
    // A contact that was renamed since it was selected may have a card under its new name.
    .onConflictDoUpdate({
      target: [contactCards.accountListId, contactCards.name, contactCards.contactId],
      set: { version: sql`excluded.version`, row: sql`excluded.row` },
    })
    .returning({
      id: contactCards.contactId,
      found: rowOrBytes(sql`${contactCards.row}`, most).as('found'),
    })

const isOfThisVersion = sql`card.version = ${sql.raw(String(ROW_VERSION))}`

/** The condition that the row `card` has a key, and can be read. */
export const isCardOf = ({ accountListId, name, id }: CardKey): SQL =>
  sql`card.account_list_id = ${accountListId} and card.name = ${name} and card.contact_id = ${id}
    and ${isOfThisVersion}`

const keysOf = (selected: readonly SelectedContact[]): string =>
  JSON.stringify(selected.map(({ accountListId, name, id }) => [accountListId, name ?? null, id]))

/** The key in `page.value`. A long name is not in it. */
const keyOfPage: CardKey = {
  accountListId: sql`page.value ->> 0`,
  name: sql`coalesce(page.value ->> 1,
    (select long.name from ${contacts} as long where long.id = page.value ->> 2))`,
  id: sql`page.value ->> 2`,
}

/** Contacts are read in the order of their ids: neighbours are on the same page of the database. */
const byId = (a: SelectedContact, b: SelectedContact): number => (a.id < b.id ? -1 : 1)
