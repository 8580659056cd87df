import { beforeEach, describe, expect, it } from 'vitest'
import { add, addContact, addList, addPerson, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { differences, wholeTables } from '../../helpers/tables.ts'
import { changedWorld, removalsOf } from '../../naive/changed-world.ts'
import { expressible } from '../../naive/expressible-world.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'
import { linesOf } from '../../naive/world-lines.ts'
import { write } from '../../helpers/write-test-lines.ts'

const MINE = { all: false, ids: [LIST] } as const
const UNKNOWN = 'ffffffff-0000-4000-8000-000000000000'

/** The ids of another tenant's rows, by table. */
let foreign: Readonly<Record<string, string>> = {}
let mine = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
  mine = await addContact()
  const contact = await addContact({ account_list_id: OTHER_LIST, notes: 'secret' })
  const person = await addPerson(contact, { first_name: 'Ann' })
  const donor = await add('donor_accounts', { name: 'Ann' })
  await insert('contact_donor_accounts', { contact_id: contact, donor_account_id: donor })
  const designation = await add('designation_accounts', { name: 'Ann' })
  await insert('account_list_designation_accounts', {
    account_list_id: OTHER_LIST,
    designation_account_id: designation,
  })
  foreign = {
    account_lists: OTHER_LIST,
    contacts: contact,
    people: person,
    email_addresses: await add('email_addresses', { person_id: person, email: 'a@example.org' }),
    phone_numbers: await add('phone_numbers', { person_id: person, number: '+1555' }),
    facebook_accounts: await add('person_facebook_accounts', { person_id: person }),
    addresses: await add('addresses', { contact_id: contact, street: 'Secret 1' }),
    partner_status_logs: await add('partner_status_logs', { contact_id: contact }),
    donor_accounts: donor,
    designation_accounts: designation,
    donations: await add('donations', { donor_account_id: donor, amount: 5 }),
    donation_amount_recommendations: await add('donation_amount_recommendations', {
      donor_account_id: donor,
    }),
    appeals: await add('appeals', { account_list_id: OTHER_LIST, name: 'Secret' }),
    tasks: await add('tasks', { account_list_id: OTHER_LIST, subject: 'Secret' }),
  }
})

const NEW = 'eeeeeeee-0000-4000-8000-000000000000'
const CONTACT = { account_list_id: LIST, name: 'New' }

/** Lines with an id in some position, by the table of the id: of these an unknown id is a 404. */
const REFERENCES: readonly (readonly [string, string, (id: string) => object])[] = [
  [
    'account_lists',
    '/attributes/account_list_id',
    (id) => contact(NEW, { ...CONTACT, account_list_id: id }),
  ],
  ['account_lists', '/attributes/account_list_id', (id) => contact(mine, { account_list_id: id })],
  [
    'account_lists',
    '/attributes/account_list_id',
    (id) => line('tasks', NEW, { account_list_id: id }),
  ],
  [
    'account_lists',
    '/attributes/account_list_id',
    (id) => line('appeals', NEW, { account_list_id: id }),
  ],
  ['account_lists', '/id', (id) => line('account_lists', id, { name: 'x', users: ['me'] })],
  ['contacts', '/id', (id) => contact(id, { status: 'x' })],
  ['contacts', '/id', (id) => contact(id, {})],
  ['contacts', '/attributes/referred_by/0', (id) => contact(mine, { referred_by: [id] })],
  [
    'contacts',
    '/attributes/contacts/1',
    (id) => line('tasks', NEW, { account_list_id: LIST, contacts: [mine, id] }),
  ],
  [
    'contacts',
    '/attributes/contacts/0',
    (id) => line('appeals', NEW, { account_list_id: LIST, contacts: [id] }),
  ],
  [
    'donor_accounts',
    '/attributes/donor_accounts/0',
    (id) => contact(mine, { donor_accounts: [id] }),
  ],
  [
    'donor_accounts',
    '/attributes/donor_account_id',
    (id) => line('donations', NEW, { donor_account_id: id, amount: 1 }),
  ],
  [
    'donor_accounts',
    '/attributes/donor_account_id',
    (id) => line('donation_amount_recommendations', NEW, { donor_account_id: id }),
  ],
  [
    'designation_accounts',
    '/attributes/designation_accounts/0',
    (id) => line('account_lists', LIST, { designation_accounts: [id] }),
  ],
  ['tasks', '/id', (id) => line('tasks', id, { subject: 'x' })],
  ['appeals', '/id', (id) => line('appeals', id, { contacts: [] })],
  ['donations', '/id', (id) => line('donations', id, { amount: 1 })],
  [
    'donation_amount_recommendations',
    '/id',
    (id) => line('donation_amount_recommendations', id, { suggested_pledge_amount: 1 }),
  ],
]

/** Lines in which an unknown id would make a row. */
const GIVEN_IDS: readonly (readonly [string, string, (id: string) => object])[] = [
  ['contacts', '/id', (id) => contact(id, CONTACT)],
  [
    'people',
    '/attributes/people/0/id',
    (id) => contact(mine, { people: [{ id, first_name: 'x' }] }),
  ],
  ['people', '/attributes/people/0/id', (id) => contact(NEW, { ...CONTACT, people: [{ id }] })],
  ...['email_addresses', 'phone_numbers', 'facebook_accounts'].map(
    (list): (typeof REFERENCES)[number] => [
      list,
      `/attributes/people/0/${list}/0/id`,
      (id) => contact(mine, { people: [{ id: NEW, [list]: [{ id }] }] }),
    ],
  ),
  ['addresses', '/attributes/addresses/0/id', (id) => contact(mine, { addresses: [{ id }] })],
  [
    'partner_status_logs',
    '/attributes/partner_status_logs/0/id',
    (id) => contact(mine, { partner_status_logs: [{ id }] }),
  ],
  ['tasks', '/id', (id) => line('tasks', id, { account_list_id: LIST })],
  ['appeals', '/id', (id) => line('appeals', id, { account_list_id: LIST })],
  ['donor_accounts', '/id', (id) => line('donor_accounts', id, { name: 'x' })],
  ['designation_accounts', '/id', (id) => line('designation_accounts', id, { name: 'x' })],
]

const line = (type: string, id: string, attributes: object) => ({ type, id, attributes })
const contact = (id: string, attributes: object) => line('contacts', id, attributes)
const foreignId = (table: string): string => foreign[table] ?? ''

describe('a token that is limited to account lists', () => {
  it.each(REFERENCES)(
    'gets the same 404 for a foreign and an unknown id: %s at %s',
    async (table, pointer, lineWith) => {
      const before = await wholeTables()
      const result = await write([lineWith(foreignId(table)), lineWith(UNKNOWN)], { lists: MINE })
      const [known, unknown] = result.failures
      expect(known?.errors).toMatchObject([{ status: '404', source: { pointer } }])
      const words = JSON.stringify(known?.errors).replaceAll(foreignId(table), UNKNOWN)
      expect(JSON.stringify(unknown?.errors)).toBe(words)
      expect(differences(before, await wholeTables())).toEqual({})
    },
  )

  it.each(GIVEN_IDS)(
    'cannot take a foreign row by its id: %s at %s',
    async (table, pointer, lineWith) => {
      const before = await wholeTables()
      const { failures } = await write([lineWith(foreignId(table))], { lists: MINE })
      expect(failures).toMatchObject([{ errors: [{ status: '404', source: { pointer } }] }])
      expect(JSON.stringify(failures)).toContain(`'${foreignId(table)}' that this token may write.`)
      expect(differences(before, await wholeTables())).toEqual({})
    },
  )

  it.each<readonly [string, (id: string) => object]>([
    ['contacts', (id) => contact(id, { ...CONTACT, account_list_id: UNKNOWN })],
    ['contacts', (id) => contact(id, { ...CONTACT, donor_accounts: [UNKNOWN] })],
    ['people', (id) => contact(mine, { people: [{ id }], referred_by: [UNKNOWN] })],
    ['addresses', (id) => contact(mine, { addresses: [{ id }], account_list_id: UNKNOWN })],
    ['tasks', (id) => line('tasks', id, { account_list_id: UNKNOWN })],
    ['appeals', (id) => line('appeals', id, { account_list_id: LIST, contacts: [UNKNOWN] })],
    ['donations', (id) => line('donations', id, { donor_account_id: UNKNOWN })],
  ])(
    'is told the same of a line with another error, whether its row of %s is foreign or new',
    async (table, lineWith) => {
      const { failures } = await write([lineWith(foreignId(table)), lineWith(NEW)], { lists: MINE })
      expect(failures[0]?.errors).toHaveLength(1)
      expect(failures[0]?.errors).toEqual(failures[1]?.errors)
    },
  )

  it.each([...REFERENCES, ...GIVEN_IDS])(
    'may take the id of %s at %s when it may write both',
    async (table, _, lineWith) => {
      const both = { all: false, ids: [LIST, OTHER_LIST] } as const
      expect((await write([lineWith(foreignId(table))], { lists: both })).failures).toEqual([])
      expect((await write([lineWith(foreignId(table))])).failures).toEqual([])
    },
  )

  it('removes nothing that is not its own, as if there was nothing', async () => {
    const before = await wholeTables()
    const types = Object.keys(foreign).filter((name) => REMOVABLE.has(name))
    const lines = types.flatMap((type) =>
      [foreignId(type), UNKNOWN].map((id) => ({ type, id, removed: true })),
    )
    const { counts } = await write(lines, { lists: MINE })
    expect(counts).toMatchObject({ unchanged: lines.length, removed: 0, failed: 0 })
    expect(differences(before, await wholeTables())).toEqual({})
  })

  it('writes a person whom one of its contacts has, and leaves the person to others', async () => {
    const person = foreignId('people')
    await insert('contact_people', { id: NEW, contact_id: mine, person_id: person })
    const changed = contact(mine, { people: [{ id: person, first_name: 'Jo' }] })
    expect((await write([changed], { lists: MINE })).counts.updated).toBe(1)
    const before = await wholeTables()
    await write([contact(mine, { people: [] })], { lists: MINE })
    expect(Object.keys(differences(before, await wholeTables()))).toEqual(['contact_people'])
  })

  it('does not remove a donor account that contacts of others have as well', async () => {
    const donor = foreignId('donor_accounts')
    await insert('contact_donor_accounts', { contact_id: mine, donor_account_id: donor })
    const before = await wholeTables()
    const removal = { type: 'donor_accounts', id: donor, removed: true }
    expect((await write([removal], { lists: MINE })).failures).toMatchObject([
      { errors: [{ status: '404' }] },
    ])
    expect(differences(before, await wholeTables())).toEqual({})
  })
})

describe('random lines', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'write nothing of another tenant: seed %i',
    async (seed) => {
      await emptyStorage()
      const chance = chanceOf(seed)
      const theirs = expressible(randomWorld(chance))
      const own = expressible(randomWorld(chance))
      await insertWorld(theirs)
      await insertWorld(own)
      const lists = { all: false, ids: own.account_lists.map(({ id }) => id) } as const
      // Lines of the own world, in which most ids are ids of the other tenant.
      const mixed = changedWorld(chance, theirs, own)
      const before = await wholeTables()
      const lines = [...linesOf(mixed), ...removalsOf(theirs, own), ...linesOf(mixed)]
      const { counts } = await write(lines, { lists })
      expect(counts.failed).toBeGreaterThan(10)

      const text = JSON.stringify(theirs)
      const changes = Object.entries(differences(before, await wholeTables()))
      // A donor or designation account that hangs on nothing is everybody's, with what it has.
      const gone = changes.flatMap(([table, rows]) =>
        /don|designation/.test(table) ? [] : rows.gone,
      )
      const touched = gone.filter((row) => text.includes(row.match(/[0-9a-f-]{36}/)?.[0] ?? row))
      expect(touched).toEqual([])
    },
  )
})

const REMOVABLE: ReadonlySet<string> = new Set([
  'account_lists',
  'contacts',
  'donor_accounts',
  'designation_accounts',
  'donations',
  'donation_amount_recommendations',
  'appeals',
  'tasks',
])
