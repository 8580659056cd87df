/**
 * Ids in a compact form, outside of the JavaScript heap: 16 bytes for a UUID, where a string takes
 * 50. A file that waits for its client holds the ids of all contacts that are still to come.
 */
export type PackedIds = { readonly bytes: Uint8Array; readonly areUuids: boolean }

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

export function packIds(ids: readonly string[]): PackedIds {
  // Text of UUIDs in capitals would come back in small letters.
  const areUuids = ids.every((id) => UUID.test(id))
  const bytes = areUuids
    ? Buffer.from(ids.join('').replaceAll('-', ''), 'hex')
    : Buffer.from(JSON.stringify(ids))
  return { bytes, areUuids }
}

export function unpackIds({ bytes, areUuids }: PackedIds): readonly string[] {
  if (!areUuids) return JSON.parse(new TextDecoder().decode(bytes))
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  const ids = digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/g, '$1-$2-$3-$4-$5,')
  return ids === '' ? [] : ids.slice(0, -1).split(',')
}
