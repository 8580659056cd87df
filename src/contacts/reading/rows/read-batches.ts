import type { ContactRow } from './contact-rows.ts'
import { readLongTexts, textKey, type LongText } from './long-texts.ts'
import { readRows, type FoundRow, type Reading } from './read-rows.ts'
import { marksIn, STATEMENT_BYTES, withTexts, type TextMark } from './text-marks.ts'

/** What has been found of a contact that was asked for: its row as JSON, if it has not been deleted, and its long texts. */
export type FoundContact = {
  readonly id: string
  readonly json: string | undefined
  readonly texts: ReadonlyMap<string, string>
}

/** Of a contact with more text than a statement returns, each long text is cut here: 32,767 units have no more bytes. */
const CUT_BYTES = 3 * 32_768

/** The contacts with these ids, in their order, in batches of some 4 MB at the most: usually all in one. */
export async function* readBatches(
  ids: readonly string[],
  reading: Reading,
): AsyncGenerator<readonly FoundContact[], void, undefined> {
  const rows = await readRows(ids, reading)
  for (const some of inBatches(ids, (id) => bytesOf(rows.get(id)))) {
    const whole = await readLargeRows(some, rows, reading)
    const found = some.map((id) => {
      const json = whole.get(id)
      return { id, json, texts: longTextsOf(json, reading.textBytes) }
    })
    for (const batch of inBatches(found, ({ texts }) => sumOf(texts))) {
      const texts = await readTextsOf(batch, reading)
      yield batch.map(({ id, json }) => ({ id, json, texts }))
    }
  }
}

/** The rows as JSON, those among them that have only been measured read as well. */
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
  contacts: readonly { readonly id: string; readonly texts: readonly LongText[] }[],
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
function* inBatches<Item>(
  items: readonly Item[],
  bytes: (item: Item) => number,
): Generator<readonly Item[]> {
  let batch: Item[] = []
  let filled = 0
  for (const item of items) {
    const size = bytes(item)
    if (batch.length > 0 && filled + size > STATEMENT_BYTES) {
      yield batch
      batch = []
      filled = 0
    }
    batch.push(item)
    filled += size
  }
  if (batch.length > 0) yield batch
}
