/** Rows and columns of an encoding of two bytes: from, to, from, to. */
type Block = readonly [firstRow: number, lastRow: number, firstColumn: number, lastColumn: number]

/**
 * National character sets begin with the characters that are used most, then have signs and
 * letters, then the rest. The blocks are in this order.
 */
const CHARACTER_SETS: Readonly<Record<string, readonly [encoding: string, ...blocks: Block[]]>> = {
  NotoSansSC: [
    'gb2312',
    [0xb0, 0xd7, 0xa1, 0xfe],
    [0xa1, 0xa3, 0xa1, 0xfe],
    [0xd8, 0xf7, 0xa1, 0xfe],
  ],
  NotoSansTC: [
    'big5',
    [0xa4, 0xc6, 0x40, 0xfe],
    [0xa1, 0xa3, 0x40, 0xfe],
    [0xc9, 0xf9, 0x40, 0xfe],
  ],
  NotoSansJP: [
    'shift_jis',
    [0x81, 0x83, 0x40, 0xfc],
    [0x88, 0x97, 0x40, 0xfc],
    [0x98, 0xea, 0x40, 0xfc],
  ],
  NotoSansKR: [
    'euc-kr',
    [0xb0, 0xc8, 0xa1, 0xfe],
    [0xa1, 0xa3, 0xa1, 0xfe],
    [0xca, 0xfd, 0xa1, 0xfe],
  ],
}

/**
 * The code points of a font, the usual ones first, so that a text needs few packs.
 *
 * @throws when the font has no character set here
 */
export function usualOrder(name: string, codePoints: readonly number[]): readonly number[] {
  const [encoding, ...blocks] = CHARACTER_SETS[name] ?? []
  if (encoding === undefined) throw new Error(`There is no character set for ${name}.`)
  const decoder = new TextDecoder(encoding)
  const usual = blocks.flatMap((block) => charactersOf(block, decoder))
  const has = new Set(codePoints)
  return [...new Set([...usual.filter((one) => has.has(one)), ...codePoints])]
}

function charactersOf(
  [firstRow, lastRow, firstColumn, lastColumn]: Block,
  decoder: TextDecoder,
): readonly number[] {
  const found: number[] = []
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const [character, ...others] = decoder.decode(Uint8Array.of(row, column))
      const codePoint = character?.codePointAt(0)
      if (codePoint !== undefined && others.length === 0 && character !== '\ufffd') {
        found.push(codePoint)
      }
    }
  }
  return found
}
