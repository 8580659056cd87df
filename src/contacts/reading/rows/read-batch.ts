import type { ContactArray } from './row-arrays.ts'
import { readLongTexts, textKey, type LongText } from './read-long-texts.ts'
import type { Reading } from './reading.ts'
import { readRows, type FoundRow } from './read-rows.ts'
import { marksIn, STATEMENT_BYTES, withTexts, type TextMark } from './text-marks.ts'

/** A contact that was asked for. */
export type FoundContact<Item> = {
  readonly item: Item
  /** Parses its row, with its long texts. It has none if the contact has been deleted. */
  readonly row: () => ContactArray | undefined
}

/** Reads the rows of contacts by their ids, without contacts that have been deleted. */
export type RowsOf<Item> = (contacts: readonly Item[]) => Promise<ReadonlyMap<string, FoundRow>>

/** A long text of a contact with more text than a statement returns is cut at 32,767 characters. */
const CUT_BYTES = 3 * 32_768

/** What a long text takes in the value that asks for it, which has at most 2 MB. */
const REQUEST_BYTES = 200

/**
 * Reads the first of these contacts, in their order: as many as have 4 MB together, but at least
 * one. These are usually all of them.
 *
 * @param rowsOf reads their rows, at most 4 MB together
 */
export async function readBatch<Item extends { readonly id: string }>(
  contacts: readonly Item[],
  reading: Reading,
  rowsOf: RowsOf<Item>,
): Promise<readonly FoundContact<Item>[]> {
  const rows = await rowsOf(contacts)
  const some = firstOf(contacts, ({ id }) => bytesOf(rows.get(id)))
  const whole = await readLargeRows(
    some.map(({ id }) => id),
    rows,
    reading,
  )
  const withMarks = some.map((item) => {
    const json = whole.get(item.id)
    return { item, id: item.id, json, texts: longTextsOf(json, reading.textBytes) }
  })
  const batch = firstOf(withMarks, ({ texts }) => bytesOfTexts(texts))
  const texts = await readTextsOf(batch, reading)
  return batch.map(({ item, json, texts: own }) => ({
    item,
    row: () => (json === undefined ? undefined : rowOf(json, own.length > 0, texts)),
  }))
}

/** The rows as JSON, including those that have only been measured before. */
async function readLargeRows(
  ids: readonly string[],
  rows: ReadonlyMap<string, FoundRow>,
  reading: Reading,
): Promise<ReadonlyMap<string, string>> {
  const large = ids.filter((id) => typeof rows.get(id) === 'number')
  const read = large.length > 0 ? await readRows(large, reading, STATEMENT_BYTES) : rows
  const whole = new Map<string, string>()
  for (const id of ids) {
    const row = read.get(id) ?? rows.get(id)
    if (typeof row === 'string') whole.set(id, row)
  }
  return whole
}

const bytesOf = (row: FoundRow | undefined): number =>
  typeof row === 'number' ? row : (row?.length ?? 0)

/** The texts that are missing in a row, with what is to be read of each. */
function longTextsOf(json: string | undefined, textBytes: number): readonly LongText[] {
  const marks = json === undefined ? [] : marksIn(json)
  const whole = marks.map((mark) => longText(mark, textBytes))
  return bytesOfTexts(whole) <= STATEMENT_BYTES
    ? whole
    : marks.map((mark) => longText(mark, CUT_BYTES))
}

const longText = ({ column, rowId, bytes }: TextMark, most: number): LongText => ({
  column,
  rowId,
  bytes,
  most: Math.min(bytes, most),
})

const bytesOfTexts = (texts: readonly LongText[]): number =>
  texts.reduce((sum, { most }) => sum + most + REQUEST_BYTES, 0)

async function readTextsOf(
  contacts: readonly { readonly id: string; readonly texts: readonly LongText[] }[],
  { database, faults, failed }: Reading,
): Promise<ReadonlyMap<string, string>> {
  const texts = contacts.flatMap(({ texts: own }) => own)
  if (texts.length === 0) return new Map()
  const owners = new Map(contacts.flatMap(({ id, texts: own }) => own.map((text) => [text, id])))
  return readLongTexts(database, texts, faults.texts, (unread, error) =>
    failed([...new Set(unread.map((text) => owners.get(text) ?? ''))], error),
  )
}

const rowOf = (json: string, hasMarks: boolean, texts: ReadonlyMap<string, string>): ContactArray =>
  // The JSON comes from our own SQL.
  hasMarks ? withTexts(json, (mark) => texts.get(textKey(mark)) ?? '') : JSON.parse(json)

/** The first items that have at most 4 MB together, but at least one. */
function firstOf<Item>(items: readonly Item[], bytes: (item: Item) => number): readonly Item[] {
  let filled = 0
  const end = items.findIndex((item, index) => {
    filled += bytes(item)
    return index > 0 && filled > STATEMENT_BYTES
  })
  return end === -1 ? items : items.slice(0, end)
}
