/** A contact with all that the order of a file may depend on. */
export type SortedContact = {
  readonly id: string
  readonly name: string
  readonly account_list_id: string
  readonly status: string | null
  readonly pledge_amount: number | null
  readonly created_at: string
  readonly updated_at: string
}

export type SortedAddress = {
  readonly id: string
  readonly contact_id: string
  readonly country: string | null
  readonly postal_code: string | null
  readonly primary_mailing_address: 0 | 1
  readonly historic: 0 | 1
  readonly deleted: 0 | 1
  readonly created_at: string
}

/** What people write for a country: its name in the order of names, and whose post office delivers. */
export const COUNTRIES: ReadonlyMap<string, readonly [name: string, office: string]> = new Map([
  ['United States', ['UNITED STATES', 'US']],
  ['usa', ['UNITED STATES', 'US']],
  ['U.S.A.', ['UNITED STATES', 'US']],
  ['Puerto Rico', ['PUERTO RICO', 'US']],
  ['Canada', ['CANADA', 'CA']],
  [' CA ', ['CANADA', 'CA']],
  ['Germany', ['GERMANY', 'DE']],
  ['Deutschland', ['GERMANY', 'DE']],
  ['Österreich', ['AUSTRIA', 'AT']],
  ['Narnia', ['NARNIA', 'narnia']],
  ['the narnia', ['THE NARNIA', 'narnia']],
])

/** Texts that name no country. */
export const NO_COUNTRIES = ['', 'N/A', '-', null]

type World = {
  readonly contacts: readonly SortedContact[]
  readonly addresses: readonly SortedAddress[]
  /** The home country of each account list. */
  readonly homes: ReadonlyMap<string, string | null>
}

/** What is compared of a contact. `undefined` is missing, and comes last in both directions. */
type Keys = readonly (string | number | undefined)[]

const KEYS: Readonly<Record<string, (contact: SortedContact, world: World) => Keys>> = {
  name: ({ name }) => [name],
  status: ({ status }) => [status || undefined],
  created_at: ({ created_at }) => [created_at],
  updated_at: ({ updated_at }) => [updated_at],
  pledge_amount: ({ pledge_amount }) => [pledge_amount ?? undefined],
  zip: zipKeys,
}

export const SORTS = Object.keys(KEYS).flatMap((name) => [name, `-${name}`])

/** The ids in the order of a sort: as the page on columns says, without a look at the SQL. */
export function sortedIds(world: World, sort: string): string[] {
  const turn = sort.startsWith('-') ? -1 : 1
  const keysOf = KEYS[sort.replace(/^-/, '')]
  if (!keysOf) throw new Error(`There is no sort '${sort}'.`)
  const compareKeys = (one: Keys, other: Keys): number => {
    for (const [index, a] of one.entries()) {
      const b = other[index]
      if (a === b) continue
      if (a === undefined) return 1
      if (b === undefined) return -1
      return turn * compare(a, b)
    }
    return 0
  }
  return world.contacts
    .map((contact) => ({ contact, keys: keysOf(contact, world) }))
    .toSorted(
      (a, b) =>
        compareKeys(a.keys, b.keys) ||
        compare(a.contact.name, b.contact.name) ||
        compare(a.contact.id, b.contact.id),
    )
    .map(({ contact }) => contact.id)
}

function zipKeys(contact: SortedContact, { addresses, homes }: World): Keys {
  const [address] = addresses
    .filter((each) => each.contact_id === contact.id && each.historic === 0 && each.deleted === 0)
    .toSorted(
      (a, b) =>
        b.primary_mailing_address - a.primary_mailing_address ||
        compare(a.created_at, b.created_at) ||
        compare(a.id, b.id),
    )
  if (!address) return [undefined]
  const country = COUNTRIES.get(address.country ?? '')
  const home = COUNTRIES.get(homes.get(contact.account_list_id) ?? '')
  const isAtHome = country === undefined || country[1] === home?.[1]
  const code = (address.postal_code ?? '').replace(/\s/g, '').toUpperCase()
  return [isAtHome ? 0 : 1, isAtHome ? '' : country[0], code || undefined]
}

/** By code points, or by size. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b)
  const [one, other] = [a, b].map((text) =>
    Array.from(text, (letter) => letter.codePointAt(0) ?? 0),
  )
  for (const [index, point] of (one ?? []).entries()) {
    const difference = point - (other?.[index] ?? -1)
    if (difference !== 0) return difference
  }
  return (one?.length ?? 0) - (other?.length ?? 0)
}
