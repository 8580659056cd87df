import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { requestedSort } from '../../../src/contacts/reading/requested-sort.ts'
import { openSelection } from '../../../src/contacts/reading/selection/load-stretch.ts'
import { selectedPages } from '../../../src/contacts/reading/selection/selected-pages.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { addList, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { chanceOf, NAMES, type Chance } from '../../naive/random-world.ts'
import {
  COUNTRIES,
  NO_COUNTRIES,
  sortedIds,
  SORTS,
  type SortedAddress,
  type SortedContact,
} from '../../naive/sorts.ts'

beforeEach(emptyStorage)

const TODAY = '2026-01-31'
const TIMES = ['2024-01-01T00:00:00Z', '2024-01-01T00:00:01Z', '2025-06-30T12:00:00Z']
const CODES = ['62701', '62701-1234', ' 1010 ', 'k1a 0b1', 'K1A0B0', 'K1A\u00a00B2', '', ' ', null]

function randomContacts(chance: Chance) {
  const contacts: SortedContact[] = Array.from({ length: 60 }, () => ({
    id: chance.uuid(),
    name: chance.one([...NAMES, 'x'.repeat(499), `${'x'.repeat(499)}é`]),
    account_list_id: chance.one([LIST, OTHER_LIST]),
    status: chance.one(['Partner - Pray', 'Cultivate Relationship', 'Never Contacted', '', null]),
    pledge_amount: chance.one([0, 5, 50, 50.5, 1 / 3, 0.1 + 0.2, 0.3, 1e15 + 0.3, -5, null]),
    created_at: chance.one(TIMES),
    updated_at: chance.one(TIMES),
  }))
  const addresses: SortedAddress[] = contacts.flatMap(({ id: contact_id }) =>
    Array.from({ length: chance.between(0, 3) }, () => ({
      id: chance.uuid(),
      contact_id,
      country: chance.one([...COUNTRIES.keys(), ...NO_COUNTRIES]),
      postal_code: chance.one(CODES),
      primary_mailing_address: chance.one([0, 1] as const),
      historic: chance.one([0, 0, 1] as const),
      deleted: chance.one([0, 0, 1] as const),
      created_at: chance.one(TIMES),
    })),
  )
  return { contacts, addresses }
}

async function selected(
  sort: string,
  [packs, contactsOfAPack]: readonly [number, number],
  accountListIds: readonly string[] = [LIST, OTHER_LIST],
) {
  const read = readFilter({}, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const order = requestedSort.parse(sort)
  const selection = { accountListIds, filter: read.filter, today: TODAY, sort: order }
  const size = { contacts: packs * contactsOfAPack, contactsOfAPack }
  const database = openDatabase(env.DB)
  const ids: string[] = []
  for await (const page of selectedPages(database, openSelection(selection, size))) {
    ids.push(...page.map(({ id }) => id))
  }
  return { ids, cost: database.cost }
}

const idsBy = async (sort: string, size: readonly [number, number]) =>
  (await selected(sort, size)).ids

const SIZES = [
  [1, 7],
  [3, 5],
  [2, 30],
  [13, 25_000],
] as const

describe('the order of a file', () => {
  it.each([1, 2, 3, 4])('is that of the naive implementation, by seed %d', async (seed) => {
    const chance = chanceOf(seed)
    const homes = new Map([
      [LIST, chance.one(['United States', 'Canada'])],
      [OTHER_LIST, chance.one(['Deutschland', 'Narnia', 'usa', 'N/A', null])],
    ])
    for (const [id, home_country] of homes) await addList(id, { home_country })
    const { contacts, addresses } = randomContacts(chance)
    await insert('contacts', ...contacts)
    await insert('addresses', ...addresses)
    for (const sort of SORTS) {
      const expected = sortedIds({ contacts, addresses, homes }, sort)
      for (const size of SIZES) {
        expect([sort, await idsBy(sort, size)]).toEqual([sort, expected])
      }
    }
  })

  it.each([0, 1, 6, 7, 12])('holds at the end of a stretch, of %d contacts', async (count) => {
    await addList()
    const contacts = Array.from({ length: count }, (_, index) => ({
      id: `00000000-0000-4000-8000-00000000000${index.toString(16)}`,
      name: 'Same',
      account_list_id: LIST,
      status: 'Partner - Pray',
    }))
    await insert('contacts', ...contacts.toReversed())
    for (const sort of SORTS) {
      expect(await idsBy(sort, [2, 3])).toEqual(contacts.map(({ id }) => id))
    }
  })

  it('compares texts of any length by their first 500 characters', async () => {
    await addList()
    const long = 'y'.repeat(500)
    const rows = [
      ['b', `${long}z`],
      ['c', `${long}a`],
      ['a', `${long}${'z'.repeat(500_000)}`],
      ['d', 'y'.repeat(499)],
    ]
    for (const [letter = '', text = ''] of rows) {
      const id = `${letter.repeat(8)}-0000-4000-8000-000000000000`
      await insert('contacts', { id, account_list_id: LIST, name: text })
    }
    const letters = (await idsBy('-name', [1, 2])).map((id) => id.charAt(0))
    expect(letters).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('the cost of an order', () => {
  const LISTS = Array.from(
    { length: 500 },
    (_, index) => `a1000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  )
  const CONTACTS = 2000

  it.each([1, 2, 500].flatMap((lists) => [false, true].map((analyzed) => ({ lists, analyzed }))))(
    'is a few rows a contact for $lists account lists, with statistics: $analyzed',
    async ({ lists, analyzed }) => {
      await insert('account_lists', ...LISTS.map((id) => ({ id, home_country: 'Canada' })))
      const rows = Array.from({ length: CONTACTS }, (_, index) => ({
        id: crypto.randomUUID(),
        list: LISTS[index % lists],
        name: `Name ${(index * 7919) % CONTACTS}`,
        country: `Country ${index % 300}`,
      }))
      await env.DB.batch([
        env.DB.prepare(
          `INSERT INTO contacts (id, account_list_id, name)
           SELECT value ->> 'id', value ->> 'list', value ->> 'name' FROM json_each(?)`,
        ).bind(JSON.stringify(rows)),
        env.DB.prepare(
          `INSERT INTO addresses (id, contact_id, country)
           SELECT value ->> 'id', value ->> 'id', value ->> 'country' FROM json_each(?)`,
        ).bind(JSON.stringify(rows)),
      ])
      if (analyzed) await env.DB.prepare('ANALYZE').run()
      for (const sort of SORTS) {
        const { ids, cost } = await selected(sort, [7, 500], LISTS.slice(0, lists))
        expect(new Set(ids).size).toBe(CONTACTS)
        expect({ sort, rows: cost.rowsRead / CONTACTS }).toSatisfy(
          ({ rows: read }: { rows: number }) => read <= 25,
        )
      }
    },
  )
})
