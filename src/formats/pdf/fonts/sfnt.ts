/** The sum of a whole font and the number of its table `head` (ISO/IEC 14496-22, `head`). */
const CHECKSUM_MAGIC = 0xb1b0_afba
const CHECKSUM_PLACE = 8

const HEADER_BYTES = 12
const RECORD_BYTES = 16

/** A TrueType font of these tables. `head` must have 0 where its checksum is. */
export function sfnt(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const sorted = Object.entries(tables).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const start = HEADER_BYTES + RECORD_BYTES * sorted.length
  const font = new Uint8Array(sorted.reduce((sum, [, table]) => sum + padded(table), start))
  const view = new DataView(font.buffer)
  const log = Math.floor(Math.log2(sorted.length))
  view.setUint32(0, 0x0001_0000)
  view.setUint16(4, sorted.length)
  view.setUint16(6, RECORD_BYTES << log)
  view.setUint16(8, log)
  view.setUint16(10, RECORD_BYTES * sorted.length - (RECORD_BYTES << log))
  let offset = start
  let head = 0
  sorted.forEach(([tag, table], index) => {
    const record = HEADER_BYTES + RECORD_BYTES * index
    for (let place = 0; place < 4; place += 1) font[record + place] = tag.charCodeAt(place)
    font.set(table, offset)
    view.setUint32(record + 4, checksum(font.subarray(offset, offset + padded(table))))
    view.setUint32(record + 8, offset)
    view.setUint32(record + 12, table.length)
    if (tag === 'head') head = offset
    offset += padded(table)
  })
  view.setUint32(head + CHECKSUM_PLACE, CHECKSUM_MAGIC - checksum(font))
  return font
}

/** A table takes whole words of 32 bits. */
const padded = ({ length }: Uint8Array): number => (length + 3) & ~3

function checksum(words: Uint8Array): number {
  const view = new DataView(words.buffer, words.byteOffset, words.length)
  let sum = 0
  for (let place = 0; place < words.length; place += 4) sum = (sum + view.getUint32(place)) >>> 0
  return sum
}
