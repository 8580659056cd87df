/** What decides which of a contact's people a file shows. */
export type Member = {
  readonly personId: string
  readonly isMale: boolean
  readonly deceased: boolean
  readonly personCreatedAt: string
  /** Whether the membership marks the person as primary. */
  readonly isPrimary: boolean
}

/**
 * The living person whom a contact's letters address first (MPDX, `Contact#primary_person`): the
 * one marked primary. If only deceased people are marked, the first by membership. If nobody is
 * marked, the man created first, otherwise the person created first.
 *
 * @param members in the order of membership
 */
export function primaryOf<Someone extends Member>(members: readonly Someone[]) {
  const living = members.filter(({ deceased }) => !deceased)
  if (living.length < 2) return living[0]
  const marked = living.find(({ isPrimary }) => isPrimary)
  if (marked) return marked
  if (members.some(({ isPrimary }) => isPrimary)) return living[0]
  return createdFirst(living.filter(({ isMale }) => isMale)) ?? createdFirst(living)
}

/** The first of the other living people, by membership. The members must be in that order. */
export const spouseOf = <Someone extends Member>(
  members: readonly Someone[],
  primary: Someone | undefined,
): Someone | undefined => members.find((member) => !member.deceased && member !== primary)

/** By the person's time, then id. Both are ASCII, so that code units order as code points do. */
function createdFirst<Someone extends Member>(members: readonly Someone[]): Someone | undefined {
  let first = members[0]
  for (const member of members) {
    if (first && isBefore(member, first)) first = member
  }
  return first
}

const isBefore = (a: Member, b: Member): boolean =>
  a.personCreatedAt === b.personCreatedAt
    ? a.personId < b.personId
    : a.personCreatedAt < b.personCreatedAt
