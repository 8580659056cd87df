import { expect, it } from 'vitest'
import { packIds, unpackIds } from '../../../src/contacts/reading/selection/packed-ids.ts'

const UUIDS = Array.from({ length: 1000 }, () => crypto.randomUUID())

it.each([
  ['UUIDs', UUIDS],
  ['one UUID', UUIDS.slice(0, 1)],
  ['no id', []],
  ['UUIDs in capitals', UUIDS.map((id) => id.toUpperCase())],
  ['UUIDs and another id', [...UUIDS, 'contact 1']],
  ['ids with commas, quotes, and letters beyond ASCII', ['a,b', '"', '', 'é', '\ud800', '😀\n']],
  ['a UUID with a line feed', [`${UUIDS[0]}\n`]],
])('%s come back as they were', (_, ids) => {
  expect(unpackIds(packIds(ids))).toEqual(ids)
})

it('a UUID takes 16 bytes', () => {
  expect(packIds(UUIDS).bytes).toHaveLength(16_000)
})
