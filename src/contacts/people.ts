/** One of a contact's people, with the row that makes it so. */
export type Member = {
  readonly personId: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly gender: string | null
  readonly deceased: boolean
  readonly personCreatedAt: string
  readonly isPrimary: boolean
  readonly memberId: string
  readonly memberCreatedAt: string
  readonly emails: readonly Reachable[]
  readonly phones: readonly Reachable[]
}

/** An e-mail address or a phone number. */
export type Reachable = {
  readonly value: string | null
  readonly isPrimary: boolean
  readonly historic: boolean
  readonly createdAt: string
  readonly id: string
}

/**
 * The living person whom a contact's letters address first (MPDX, `Contact#primary_person`): the one marked; if somebody is
 * marked but none of the marked is alive, the first by membership; if nobody is, the man created first, else the person
 * created first.
 */
export function primaryOf(members: readonly Member[]): Member | undefined {
  const living = members.filter(({ deceased }) => !deceased)
  const marked = first(
    living.filter(({ isPrimary }) => isPrimary),
    byMembership,
  )
  if (marked) return marked
  if (members.some(({ isPrimary }) => isPrimary)) return first(living, byMembership)
  return (
    first(
      living.filter(({ gender }) => gender === 'male'),
      byPerson,
    ) ?? first(living, byPerson)
  )
}

/** Of the other living people the first by membership. */
export const spouseOf = (members: readonly Member[], primary: Member | undefined) =>
  first(
    members.filter((member) => !member.deceased && member !== primary),
    byMembership,
  )

/** The one marked primary, historic or not. */
export const primaryReachable = (all: readonly Reachable[]): Reachable | undefined =>
  first(
    all.filter(({ isPrimary }) => isPrimary),
    byCreation,
  )

/** Of those not historic, without the primary one, the first: by primary, then by creation. */
export const otherReachable = (all: readonly Reachable[], primary: Reachable | undefined) => {
  const others = all.filter((one) => !one.historic && one !== primary)
  return primaryReachable(others) ?? first(others, byCreation)
}

type Order<Item> = (a: Item, b: Item) => number

/** Compares by one text after the other. Ids and times are ASCII, so that code units order as code points do. */
const by =
  <Item>(...texts: readonly ((item: Item) => string)[]): Order<Item> =>
  (a, b) => {
    const text = texts.find((read) => read(a) !== read(b))
    return text ? (text(a) < text(b) ? -1 : 1) : 0
  }

const byMembership = by<Member>(
  (member) => member.memberCreatedAt,
  (member) => member.memberId,
)
const byPerson = by<Member>(
  (member) => member.personCreatedAt,
  (member) => member.personId,
)
const byCreation = by<Reachable>(
  (reachable) => reachable.createdAt,
  (reachable) => reachable.id,
)

function first<Item>(items: readonly Item[], order: Order<Item>): Item | undefined {
  let earliest = items[0]
  for (const item of items) {
    if (earliest !== undefined && order(item, earliest) < 0) earliest = item
  }
  return earliest
}
