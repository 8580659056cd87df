import { beforeEach, describe, expect, it } from 'vitest'
import { primaryOf, spouseOf, type Member } from '../naive/people.ts'
import { add, addContact, addList, addPerson, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { exported } from '../helpers/files.ts'

const EARLY = '2020-01-01T00:00:00Z'
const LATE = '2021-01-01T00:00:00Z'

const member = (personId: string, changes: Partial<Member> = {}): Member => ({
  personId,
  isMale: false,
  deceased: false,
  personCreatedAt: EARLY,
  isPrimary: false,
  ...changes,
})

describe('the primary person', () => {
  it.each<[string, Member[], string | undefined]>([
    ['is nobody where there is nobody', [], undefined],
    ['is the one marked', [member('a'), member('b', { isPrimary: true })], 'b'],
    [
      'is of several marked the first by membership',
      [member('b', { isPrimary: true, personCreatedAt: LATE }), member('a', { isPrimary: true })],
      'b',
    ],
    [
      'is the first by membership where the marked are dead, though a man was created first',
      [
        member('a', { isPrimary: true, deceased: true }),
        member('c', { personCreatedAt: LATE }),
        member('b', { isMale: true }),
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
      [member('a', { deceased: true, isMale: true }), member('b')],
      'b',
    ],
    [
      'is the man where nobody is marked',
      [member('a'), member('b', { isMale: true, personCreatedAt: LATE })],
      'b',
    ],
    [
      'is of several men the one created first, whatever the membership',
      [member('a', { isMale: true, personCreatedAt: LATE }), member('b', { isMale: true })],
      'b',
    ],
    [
      'is the person created first where there is no man',
      [member('a', { personCreatedAt: LATE }), member('b')],
      'b',
    ],
    ['is of those created at once the first by id', [member('b'), member('a')], 'a'],
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
      [member('a', { isPrimary: true }), member('c', { personCreatedAt: LATE }), member('b')],
      'c',
    ],
    ['is alive', [member('a', { isPrimary: true }), member('b', { deceased: true })], undefined],
  ])('%s', (_, members, expected) => {
    expect(spouseOf(members, primaryOf(members))?.personId).toBe(expected)
  })
})

type Joining = { readonly joinedAt: string; readonly memberId: string }

/** What orders members: all times have one length. */
const joining = ({ joinedAt, memberId }: Joining): string => joinedAt + memberId

describe('in a file', () => {
  beforeEach(async () => {
    await emptyStorage()
    await addList()
  })

  it.each([
    ['time', { created_at: LATE }, { created_at: EARLY }],
    ['id, at the same time', { id: 'b', created_at: EARLY }, { id: 'a', created_at: EARLY }],
  ])('the members go by their %s', async (_, second, first) => {
    const contact = await addContact()
    await addPerson(contact, { first_name: 'Second' }, { is_primary: 1, ...second })
    await addPerson(contact, { first_name: 'First' }, { is_primary: 1, ...first })
    const [row] = await exported({})
    expect([row?.['First Name'], row?.['Spouse First Name']]).toEqual(['First', 'Second'])
  })

  it.each<[string, Readonly<Record<string, string | number>>[], string, string]>([
    ['are none', [], '', ''],
    ['is none where none is marked', [{ id: 'b' }, { id: 'a' }], '', 'a'],
    [
      'are the one marked, historic or not, and the first of the current',
      [
        { id: 'a', is_primary: 1, historic: 1 },
        { id: 'c' },
        { id: 'b', created_at: LATE },
        { id: 'd', is_primary: 0, historic: 1 },
      ],
      'a',
      'c',
    ],
    [
      'are of several marked the first, and the next',
      [{ id: 'a', is_primary: 1, created_at: LATE }, { id: 'b', is_primary: 1 }, { id: 'c' }],
      'b',
      'a',
    ],
    [
      'are of several historic ones marked the first, and one that is current',
      [
        { id: 'a', is_primary: 1, historic: 1 },
        { id: 'b', is_primary: 1, historic: 1 },
        { id: 'c', is_primary: 1, historic: 1, created_at: LATE },
        { id: 'd' },
      ],
      'a',
      'd',
    ],
    ['leave a historic one out', [{ id: 'a', historic: 1 }], '', ''],
  ])('the primary and the other e-mail address and phone number %s', async (_, rows, ...shown) => {
    const person_id = await addPerson(await addContact())
    for (const { id, ...row } of rows) {
      const common = { person_id, created_at: EARLY, ...row }
      await add('email_addresses', { ...common, id: `${id}`, email: `${id}` })
      await add('phone_numbers', { ...common, id: `${id}`, number: `${id}` })
    }
    const [row] = await exported({})
    expect([row?.['Primary Email'], row?.['Other Email']]).toEqual(shown)
    expect([row?.['Primary Phone'], row?.['Other Phone']]).toEqual(shown)
  })

  it('are of many people the same as of few: those whom the rules name', async () => {
    let state = 1
    /** From 0 to 1, by chance, and in each run the same. */
    const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    const pick = <Value>(...values: readonly Value[]) =>
      values[Math.floor(chance() * values.length)]
    const expected = new Map<string, string[]>()
    for (let number = 10; number < 70; number += 1) {
      const contact = await addContact({ name: `Name ${number}` })
      const [mostlyDead, mostlyMarked] = [pick(0.2, 0.9), pick(0, 0.5)]
      const members: (Member & Joining)[] = []
      for (let person = 0; person < 1 + (number % 8); person += 1) {
        const isMale = pick(true, false) ?? false
        const deceased = chance() < (mostlyDead ?? 0)
        const isPrimary = chance() < (mostlyMarked ?? 0)
        const [personCreatedAt = EARLY, joinedAt = EARLY] = [pick(EARLY, LATE), pick(EARLY, LATE)]
        const [personId, memberId] = [newId(), newId()]
        members.push({
          personId,
          isMale,
          deceased,
          personCreatedAt,
          isPrimary,
          joinedAt,
          memberId,
        })
        await addPerson(
          contact,
          {
            id: personId,
            first_name: personId,
            gender: isMale ? 'male' : (pick('female', 'Male', '', null) ?? null),
            deceased: Number(deceased),
            created_at: personCreatedAt,
          },
          {
            id: memberId,
            is_primary: Number(isPrimary),
            created_at: joinedAt,
            person_id: personId,
          },
        )
      }
      const sorted = members.toSorted((a, b) => (joining(a) < joining(b) ? -1 : 1))
      const primary = primaryOf(sorted)
      if (!primary) continue
      const spouse = spouseOf(sorted, primary)
      expected.set(`Name ${number}`, [primary.personId, spouse?.personId ?? ''])
    }
    const rows = await exported({})
    expect(
      rows.map((row) => [row['Contact Name'], [row['First Name'], row['Spouse First Name']]]),
    ).toEqual([...expected])
  })
})
