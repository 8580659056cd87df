import { constants, crc32, deflateRawSync } from 'node:zlib'
import { joinBytes } from '../streams/join-bytes.ts'

/** Sizes and offsets in a ZIP file without ZIP64 have 32 bits. */
const LIMIT = 0xffff_ffff
/** Sizes follow the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const VERSION = 20
const DEFLATE = 8
/** An empty last block: it ends a deflate stream whose blocks have all been flushed. */
const LAST_BLOCK = Uint8Array.of(3, 0)

type Entry = { name: Uint8Array; offset: number; crc: number; compressed: number; size: number }

/**
 * Writes a ZIP file (APPNOTE.TXT, PKWARE) in pieces. Each call returns the bytes that come next;
 * only the directory is kept in memory. Each piece of an entry is deflated and flushed, so that it
 * can be sent at once.
 *
 * @param limit the most bytes of a file or of an entry; tests set a smaller one
 * @throws RangeError when the file would need ZIP64, which starts at 4 GiB
 */
export function zipWriter(madeAt: Date, limit = LIMIT) {
  const time = dosTime(madeAt)
  const entries: Entry[] = []
  let offset = 0

  const put = (...parts: Uint8Array[]): Uint8Array => {
    const bytes = joinBytes(parts)
    offset += bytes.length
    if (offset > limit) throw new RangeError('The file is larger than a ZIP file can be, 4 GiB.')
    return bytes
  }

  return {
    /** Begins an entry: its local header. */
    open(name: string): Uint8Array {
      const entry = { name: new TextEncoder().encode(name), offset, crc: 0, compressed: 0, size: 0 }
      entries.push(entry)
      return put(
        fields(
          [4, 0x0403_4b50],
          [2, VERSION],
          ...method(time),
          ...sizes(0, 0, 0),
          ...lengths(entry),
        ),
        entry.name,
      )
    },

    /** The next piece of the open entry. */
    write(content: string): Uint8Array {
      const entry = open(entries)
      const bytes = new TextEncoder().encode(content)
      entry.crc = crc32(bytes, entry.crc)
      entry.size += bytes.length
      if (entry.size > limit) throw new RangeError('A part of the file is larger than 4 GiB.')
      const deflated = deflateRawSync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH })
      entry.compressed += deflated.length
      return put(deflated)
    },

    /** Ends the open entry: its last block, and the data descriptor. */
    close(): Uint8Array {
      const entry = open(entries)
      entry.compressed += LAST_BLOCK.length
      return put(
        LAST_BLOCK,
        fields([4, 0x0807_4b50], ...sizes(entry.crc, entry.compressed, entry.size)),
      )
    },

    /** Ends the file: the central directory. */
    end(): Uint8Array {
      const start = offset
      const directory = entries.flatMap((entry) => [
        fields(
          [4, 0x0201_4b50],
          [2, VERSION],
          [2, VERSION],
          ...method(time),
          ...sizes(entry.crc, entry.compressed, entry.size),
          ...lengths(entry),
          // Comment, disk, internal and external attributes: none.
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, entry.offset],
        ),
        entry.name,
      ])
      const listing = put(...directory)
      const counts: Field[] = [
        [2, 0],
        [2, 0],
        [2, entries.length],
        [2, entries.length],
      ]
      return joinBytes([
        listing,
        put(fields([4, 0x0605_4b50], ...counts, [4, listing.length], [4, start], [2, 0])),
      ])
    },
  }
}

function open(entries: readonly Entry[]): Entry {
  const entry = entries.at(-1)
  if (entry) return entry
  throw new Error('No entry is open.')
}

/** Width in bytes, and value. All fields of a ZIP file are little-endian. */
type Field = readonly [width: 2 | 4, value: number]

const method = (time: number): Field[] => [
  [2, FLAGS],
  [2, DEFLATE],
  [4, time],
]

const sizes = (crc: number, compressed: number, size: number): Field[] => [
  [4, crc],
  [4, compressed],
  [4, size],
]

/** Of the name, and of the extra field, which is always empty. */
const lengths = ({ name }: Entry): Field[] => [
  [2, name.length],
  [2, 0],
]

function fields(...list: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((length, [width]) => length + width, 0))
  const view = new DataView(bytes.buffer)
  let position = 0
  for (const [width, value] of list) {
    if (width === 2) view.setUint16(position, value, true)
    else view.setUint32(position, value, true)
    position += width
  }
  return bytes
}

/** MS-DOS date in the high half, time in the low half, from 1980 on, in steps of two seconds. */
function dosTime(time: Date): number {
  const year = Math.min(Math.max(time.getUTCFullYear(), 1980), 2107)
  const date = ((year - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
  const clock =
    (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1)
  return ((date << 16) | clock) >>> 0
}
