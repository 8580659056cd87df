import { expect, it } from 'vitest'
import {
  packContacts,
  unpackContacts,
} from '../../../src/contacts/reading/selection/packed-contacts.ts'

const UUIDS = Array.from({ length: 1000 }, () => crypto.randomUUID())

it.each([
  ['UUIDs', UUIDS],
  ['one UUID', UUIDS.slice(0, 1)],
  ['no id', []],
  ['UUIDs in capitals', UUIDS.map((id) => id.toUpperCase())],
  ['UUIDs and another id', [...UUIDS, 'contact 1']],
  ['ids with commas, quotes, and letters beyond ASCII', ['a,b', '"', '', 'é', '\ud800', '😀\n']],
  ['a UUID with a line feed', [`${UUIDS[0]}\n`]],
])('contacts with %s come back as they were', (_, ids) => {
  for (const lists of [1, 3]) {
    const contacts = ids.map((id, index) => ({
      id,
      accountListId: `list ${index % lists}`,
      name: index % 2 === 0 ? undefined : `Müller "${index}"`,
    }))
    expect(unpackContacts(packContacts(contacts))).toEqual(contacts)
  }
})

it('the id of a contact takes 16 bytes', () => {
  const contacts = UUIDS.map((id) => ({ id, accountListId: 'list', name: 'Ann' }))
  expect(packContacts(contacts).ids.bytes).toHaveLength(16_000)
})
