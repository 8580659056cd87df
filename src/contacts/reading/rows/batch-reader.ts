import type { ContactRow } from './contact-of-row.ts'
import { readLongTexts, textKey, type LongText } from './long-texts.ts'
import { readRows, type FoundRow, type Reading } from './read-rows.ts'
import { marksIn, STATEMENT_BYTES, withTexts, type TextMark } from './text-marks.ts'

/**
 * What has been found of a contact that was asked for: its row as JSON, if it has not been deleted,
 * and its long texts.
 */
export type FoundContact = {
  readonly id: string
  readonly json: string | undefined
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Of a contact with more text than a statement returns, each long text is cut here: 32,767 units
 * have no more bytes.
 */
const CUT_BYTES = 3 * 32_768

/**
 * Reads the contacts with these ids, in their order, in batches of some 4 MB at the most: usually
 * all in one. What has been returned is not kept.
 *
 * @returns reads the next batch; it is called until all contacts have been returned
 */
export function batchReader(
  ids: readonly string[],
  reading: Reading,
): () => Promise<readonly FoundContact[]> {
  let rows: ReadonlyMap<string, FoundRow> | undefined
  /** Contacts whose rows are read together, and of the first of those, whose texts are. */
  let groups: (readonly string[])[] = []
  let batches: (readonly RowWithTexts[])[] = []

  return async () => {
    if (!rows) {
      const found = await readRows(ids, reading)
      groups = inBatches(ids, (id) => bytesOf(found.get(id)))
      rows = found
    }
    if (batches.length === 0) {
      const whole = await readLargeRows(groups.shift() ?? [], rows, reading)
      batches = inBatches(whole, ({ texts }) => sumOf(texts))
      if (groups.length === 0) rows = new Map()
    }
    const batch = batches.shift() ?? []
    const texts = await readTextsOf(batch, reading)
    return batch.map(({ id, json }) => ({ id, json, texts }))
  }
}

/** The row of a contact as JSON, and which of its texts are still to be read. */
type RowWithTexts = {
  readonly id: string
  readonly json: string | undefined
  readonly texts: readonly LongText[]
}

/** The rows of some contacts; those that have only been measured are read. */
async function readLargeRows(
  ids: readonly string[],
  rows: ReadonlyMap<string, FoundRow>,
  reading: Reading,
): Promise<readonly RowWithTexts[]> {
  const large = ids.filter((id) => typeof rows.get(id) === 'number')
  const read = large.length > 0 ? await readRows(large, reading, STATEMENT_BYTES) : rows
  return ids.map((id) => {
    const row = read.get(id) ?? rows.get(id)
    const json = typeof row === 'string' ? row : undefined
    return { id, json, texts: longTextsOf(json, reading.textBytes) }
  })
}

const bytesOf = (row: FoundRow | undefined): number =>
  typeof row === 'number' ? row : (row?.length ?? 0)

/** The texts that are missing in a row, with what is to be read of each. */
function longTextsOf(json: string | undefined, textBytes: number): readonly LongText[] {
  const marks = json === undefined ? [] : marksIn(json)
  const whole = marks.map((mark) => longText(mark, textBytes))
  return sumOf(whole) <= STATEMENT_BYTES ? whole : marks.map((mark) => longText(mark, CUT_BYTES))
}

const longText = ({ column, rowId, bytes }: TextMark, most: number): LongText => ({
  column,
  rowId,
  bytes,
  most: Math.min(bytes, most),
})

const sumOf = (texts: readonly LongText[]): number => texts.reduce((sum, { most }) => sum + most, 0)

async function readTextsOf(
  contacts: readonly RowWithTexts[],
  { database, failures, failed }: Reading,
): Promise<ReadonlyMap<string, string>> {
  const texts = contacts.flatMap(({ texts: own }) => own)
  if (texts.length === 0) return new Map()
  const owners = new Map(contacts.flatMap(({ id, texts: own }) => own.map((text) => [text, id])))
  return readLongTexts(database, texts, failures, (text, error) =>
    failed(owners.get(text) ?? '', error),
  )
}

/** The row of a contact that has been found. */
export function rowOf({ json, texts }: FoundContact): ContactRow | undefined {
  if (json === undefined) return undefined
  // What our own SQL has put together.
  return texts.size > 0
    ? withTexts(json, (mark) => texts.get(textKey(mark)) ?? '')
    : JSON.parse(json)
}

/** Items in batches, in their order: of some 4 MB at the most, or of a single item. */
function inBatches<Item>(
  items: readonly Item[],
  bytes: (item: Item) => number,
): (readonly Item[])[] {
  const batches: (readonly Item[])[] = []
  let batch: Item[] = []
  let filled = 0
  for (const item of items) {
    const size = bytes(item)
    if (batch.length > 0 && filled + size > STATEMENT_BYTES) {
      batches.push(batch)
      batch = []
      filled = 0
    }
    batch.push(item)
    filled += size
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
