import { storedTime } from '../../db/stored-time.ts'
import type { Member } from './batch-state.ts'

/**
 * The members of a contact in a given order. The order of membership is that of the times and then
 * of the ids. Members that are stored stay as they are where this is the given order already.
 *
 * @param members in the given order; a new one has an id that sorts after earlier ones
 * @param now in milliseconds since 1970
 * @returns the same members, perhaps with other times
 */
export function orderMembers(members: readonly Member[], now: number): readonly Member[] {
  const isInOrder = members.every((member, index) => {
    const previous = members[index - 1]
    return !previous || isBefore(previous, member)
  })
  if (isInOrder) return members
  const last = members.length - 1
  return members.map((member, index) => ({
    ...member,
    createdAt: storedTime(new Date(now - (last - index) * 1000)),
  }))
}

const isBefore = (one: Member, other: Member): boolean =>
  one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt
