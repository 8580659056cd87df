import { describe, expect, it } from 'vitest'
import {
  otherReachable,
  primaryOf,
  primaryReachable,
  spouseOf,
  type Member,
  type Reachable,
} from '../../src/contacts/people.ts'

const EARLY = '2020-01-01T00:00:00Z'
const LATE = '2021-01-01T00:00:00Z'

const member = (personId: string, changes: Partial<Member> = {}): Member => ({
  personId,
  firstName: null,
  lastName: null,
  gender: null,
  deceased: false,
  personCreatedAt: EARLY,
  isPrimary: false,
  memberId: personId,
  memberCreatedAt: EARLY,
  emails: [],
  phones: [],
  ...changes,
})

describe('the primary person', () => {
  it.each<[string, Member[], string | undefined]>([
    ['is nobody where there is nobody', [], undefined],
    ['is the one marked', [member('a'), member('b', { isPrimary: true })], 'b'],
    [
      'is of several marked the first by membership',
      [
        member('a', { isPrimary: true, memberCreatedAt: LATE }),
        member('b', { isPrimary: true, personCreatedAt: LATE }),
      ],
      'b',
    ],
    [
      'is of several marked at once the first by the id of the membership',
      [
        member('a', { isPrimary: true, memberId: '2' }),
        member('b', { isPrimary: true, memberId: '1' }),
      ],
      'b',
    ],
    [
      'is the first by membership where the marked are dead, though a man was created first',
      [
        member('a', { isPrimary: true, deceased: true }),
        member('b', { gender: 'male', memberCreatedAt: LATE }),
        member('c', { gender: 'female', personCreatedAt: LATE }),
      ],
      'c',
    ],
    [
      'is a living one of those marked',
      [
        member('a', { isPrimary: true, deceased: true }),
        member('b'),
        member('c', { isPrimary: true }),
      ],
      'c',
    ],
    [
      'is the only living person',
      [member('a', { deceased: true, gender: 'male' }), member('b')],
      'b',
    ],
    [
      'is the man where nobody is marked',
      [member('a', { gender: 'female' }), member('b', { gender: 'male', personCreatedAt: LATE })],
      'b',
    ],
    [
      'is of several men the one created first, whatever the membership',
      [
        member('a', { gender: 'male', personCreatedAt: LATE }),
        member('b', { gender: 'male', memberCreatedAt: LATE }),
      ],
      'b',
    ],
    [
      'is the person created first where there is no man',
      [member('a', { personCreatedAt: LATE }), member('b', { gender: 'Male' })],
      'b',
    ],
    [
      'is of those created at once the first by id',
      [member('b', { memberId: '1' }), member('a', { memberId: '2' })],
      'a',
    ],
    ['is nobody where all are dead', [member('a', { deceased: true, isPrimary: true })], undefined],
  ])('%s', (_, members, expected) => {
    expect(primaryOf(members)?.personId).toBe(expected)
  })
})

describe('the spouse', () => {
  it.each<[string, Member[], string | undefined]>([
    ['is nobody beside a single person', [member('a')], undefined],
    [
      'is of the others the first by membership',
      [
        member('a', { isPrimary: true }),
        member('b', { memberCreatedAt: LATE }),
        member('c', { personCreatedAt: LATE }),
      ],
      'c',
    ],
    ['is alive', [member('a', { isPrimary: true }), member('b', { deceased: true })], undefined],
  ])('%s', (_, members, expected) => {
    expect(spouseOf(members, primaryOf(members))?.personId).toBe(expected)
  })
})

const reachable = (value: string, changes: Partial<Reachable> = {}): Reachable => ({
  value,
  isPrimary: false,
  historic: false,
  createdAt: EARLY,
  id: value,
  ...changes,
})

describe('the primary and the other e-mail address', () => {
  it.each<[string, Reachable[], string | undefined, string | undefined]>([
    ['are none', [], undefined, undefined],
    ['is none where none is marked', [reachable('b'), reachable('a')], undefined, 'a'],
    [
      'are the one marked, historic or not, and the first of the current',
      [
        reachable('a', { isPrimary: true, historic: true }),
        reachable('c'),
        reachable('b', { createdAt: LATE }),
      ],
      'a',
      'c',
    ],
    [
      'are of several marked the first, and the next',
      [
        reachable('a', { isPrimary: true, createdAt: LATE }),
        reachable('b', { isPrimary: true }),
        reachable('c'),
      ],
      'b',
      'a',
    ],
    ['leave a historic one out', [reachable('a', { historic: true })], undefined, undefined],
  ])('%s', (_, all, primary, other) => {
    const found = primaryReachable(all)
    expect([found?.value, otherReachable(all, found)?.value]).toEqual([primary, other])
  })
})
