import { byteLength } from './value-schemas.ts'

/** The most bytes of a bound value. D1 takes 2 MB. */
const VALUE_BYTES = 1_500_000

/** Items as JSON arrays that D1 takes as bound values. */
export function jsonChunks<Item>(
  items: readonly Item[],
  convert: (item: Item) => unknown,
): string[] {
  const chunks: string[] = []
  let texts: string[] = []
  let bytes = 0
  for (const item of items) {
    const text = JSON.stringify(convert(item))
    const size = byteLength(text) + 1
    if (bytes + size > VALUE_BYTES && texts.length > 0) {
      chunks.push(`[${texts.join(',')}]`)
      texts = []
      bytes = 0
    }
    texts.push(text)
    bytes += size
  }
  if (texts.length > 0) chunks.push(`[${texts.join(',')}]`)
  return chunks
}
