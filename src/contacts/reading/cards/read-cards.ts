import { logError } from '../../../log.ts'
import { readRows, type FoundRow } from '../rows/read-rows.ts'
import type { Reading } from '../rows/reading.ts'
import { STATEMENT_BYTES } from '../rows/text-marks.ts'
import type { SelectedContact } from '../selection/selected-contact.ts'
import { makeCards, rangeRows, readyRows, type MadeRow } from './card-statements.ts'

/** What is known of the cards of a file so far. */
export type Cards = {
  /** The number of statements that failed to make cards. */
  failures: number
  /** Whether a row had more bytes than its share of a page. Then pages are not to be larger. */
  hadLarge: boolean
  /** Whether contacts of the last page had a card, and whether contacts of it had none. */
  last: { readonly hadReady: boolean; readonly hadMissing: boolean }
}

/** Before the first page, anything is possible. */
export const newCards = (): Cards => ({
  failures: 0,
  hadLarge: false,
  last: { hadReady: true, hadMissing: true },
})

/**
 * Few cards have more bytes. Those that have more are read again, when a page is large. So a page of
 * 4,000 cards has at most 9 MB.
 */
const CARD_BYTES = 1500

/** After so many failures, no cards are made: D1 may be full, or a contact cannot be read. */
const MOST_FAILURES = 5

/**
 * Reads the rows of contacts from their cards, and checks access. Missing cards are made: by the
 * same call when cards of the last page were missing as well, otherwise by another one. So a page
 * usually takes one call, whether its contacts have cards or not, and reads each card once.
 *
 * A file does not depend on making cards. Contacts that have none after all are read from their
 * tables.
 *
 * @param isDense whether most contacts between the first and the last of these are among them
 * @throws AccessWithdrawn when access has been withdrawn
 */
export async function readCards(
  selected: readonly SelectedContact[],
  reading: Reading,
  cards: Cards,
  isDense: boolean,
): Promise<ReadonlyMap<string, FoundRow>> {
  const { database, access } = reading
  const most = Math.max(CARD_BYTES, Math.floor(STATEMENT_BYTES / rangeRows(selected.length)))
  const { last } = cards
  const rows = new Map<string, FoundRow>()
  const ids = new Set(selected.map(({ id }) => id))
  const withoutRow = () => selected.filter(({ id }) => !rows.has(id))
  const take = (made: readonly MadeRow[]): void => {
    for (const { id, found } of made) rows.set(id, found)
  }

  const readyQuery = () => readyRows(database, selected, access, isDense, most)
  const both =
    last.hadMissing && mayMake(cards)
      ? await attempt(cards, () =>
          database.retry(() => database.batch([readyQuery(), makeCards(database, selected, most)])),
        )
      : undefined
  if (both || last.hadReady || mayMake(cards)) {
    const ready = both ? both[0] : await readyQuery()
    for (const { id, row } of ready) {
      if (id === null) access.accept(row)
      else if (ids.has(id)) rows.set(id, row)
    }
  }
  const missing = withoutRow()
  cards.last = { hadReady: rows.size > 0, hadMissing: missing.length > 0 }
  if (both) take(both[1])
  else if (missing.length > 0 && mayMake(cards) && !last.hadMissing) {
    const made = await attempt(cards, () =>
      database.retry(() => makeCards(database, missing, most)),
    )
    if (made) take(made)
  }
  cards.hadLarge ||= [...rows.values()].some((row) => typeof row === 'number')
  return readRest(selected, rows, reading)
}

/** Adds the rows of the other contacts, which are read from their tables. */
export async function readRest(
  selected: readonly SelectedContact[],
  rows: ReadonlyMap<string, FoundRow>,
  reading: Reading,
): Promise<ReadonlyMap<string, FoundRow>> {
  const rest = selected.flatMap(({ id }) => (rows.has(id) ? [] : [id]))
  if (rest.length === 0) return rows
  return new Map([...rows, ...(await readRows(rest, reading))])
}

const mayMake = ({ failures }: Cards): boolean => failures < MOST_FAILURES

/** The result of a statement that makes cards; none if it fails. */
async function attempt<Result>(
  cards: Cards,
  make: () => PromiseLike<Result>,
): Promise<Result | undefined> {
  try {
    return await make()
  } catch (error) {
    cards.failures += 1
    logError('cards_not_made', error)
    return undefined
  }
}
