import { Buffer } from 'node:buffer'

/** Ids that wait until they are used. */
export type CompactIds = {
  readonly length: number
  /** The ids from one place to another; the second is not included. */
  readonly slice: (from: number, to: number) => readonly string[]
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/
const UUID_BYTES = 16

/**
 * Keeps ids in 16 bytes each, outside of the heap: as strings they take four times as much, for as
 * long as a client does not read on. Ids that are not all UUIDs in lower case stay strings.
 */
export function compactIds(ids: readonly string[]): CompactIds {
  if (!ids.every((id) => UUID.test(id))) {
    return { length: ids.length, slice: (from, to) => ids.slice(from, to) }
  }
  // `Buffer.from` would take a part of a pool that other ids keep alive.
  const bytes = Buffer.alloc(ids.length * UUID_BYTES)
  bytes.write(ids.join('').replaceAll('-', ''), 'hex')
  return {
    length: ids.length,
    slice: (from, to) => uuidsOf(bytes.toString('hex', from * UUID_BYTES, to * UUID_BYTES)),
  }
}

function uuidsOf(digits: string): readonly string[] {
  const ids: string[] = []
  for (let at = 0; at < digits.length; at += 2 * UUID_BYTES) {
    const group = (from: number, to: number): string => digits.slice(at + from, at + to)
    ids.push(`${group(0, 8)}-${group(8, 12)}-${group(12, 16)}-${group(16, 20)}-${group(20, 32)}`)
  }
  return ids
}
