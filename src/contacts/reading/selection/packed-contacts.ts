import type { SelectedContact } from './selected-contact.ts'

/**
 * Contacts in a compact form, outside of the JavaScript heap: some 40 bytes each, where objects take
 * 200. A file that waits for its client holds all contacts that are still to come.
 */
export type PackedContacts = {
  readonly ids: PackedIds
  /** The JSON array of their names, with `null` for a long one. */
  readonly names: Uint8Array
  /** The JSON array of their account lists, or their only one. */
  readonly accountListIds: Uint8Array | string
}

export function packContacts(contacts: readonly SelectedContact[]): PackedContacts {
  const accountListId = contacts[0]?.accountListId ?? ''
  return {
    ids: packIds(contacts.map(({ id }) => id)),
    names: bytesOf(contacts.map(({ name }) => name ?? null)),
    accountListIds: contacts.every((contact) => contact.accountListId === accountListId)
      ? accountListId
      : bytesOf(contacts.map((contact) => contact.accountListId)),
  }
}

export function unpackContacts({
  ids,
  names,
  accountListIds,
}: PackedContacts): readonly SelectedContact[] {
  const unpackedNames = namesOf(names)
  const lists = typeof accountListIds === 'string' ? accountListIds : textsOf(accountListIds)
  return unpackIds(ids).map((id, index) => ({
    id,
    accountListId: typeof lists === 'string' ? lists : (lists[index] ?? ''),
    name: unpackedNames[index] ?? undefined,
  }))
}

type PackedIds = { readonly bytes: Uint8Array; readonly areUuids: boolean }

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

function packIds(ids: readonly string[]): PackedIds {
  // Text of UUIDs in capitals would come back in small letters.
  const areUuids = ids.every((id) => UUID.test(id))
  const bytes = areUuids ? Buffer.from(ids.join('').replaceAll('-', ''), 'hex') : bytesOf(ids)
  return { bytes, areUuids }
}

function unpackIds({ bytes, areUuids }: PackedIds): readonly string[] {
  if (!areUuids) return textsOf(bytes)
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
  const ids = digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/g, '$1-$2-$3-$4-$5,')
  return ids === '' ? [] : ids.slice(0, -1).split(',')
}

const bytesOf = (texts: readonly (string | null)[]): Uint8Array =>
  Buffer.from(JSON.stringify(texts))

const namesOf = (bytes: Uint8Array): readonly (string | null)[] =>
  JSON.parse(new TextDecoder().decode(bytes))

const textsOf = (bytes: Uint8Array): readonly string[] =>
  JSON.parse(new TextDecoder().decode(bytes))
