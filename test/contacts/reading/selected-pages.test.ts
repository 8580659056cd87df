import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { openSelection } from '../../../src/contacts/reading/selection/load-stretch.ts'
import { selectedPages } from '../../../src/contacts/reading/selection/selected-pages.ts'
import type { SelectedContact } from '../../../src/contacts/reading/selection/selected-contact.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'

const TODAY = '2026-01-31'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
})

/** Some with a name in common. */
const addContacts = async (count: number, account_list_id = LIST) => {
  for (let index = count - 1; index >= 0; index -= 1) {
    await addContact({ name: `Name ${Math.floor(index / 2)}`, account_list_id })
  }
}

async function idsInOrder() {
  const query = env.DB.prepare('SELECT id FROM contacts ORDER BY name, id')
  const { results } = await query.all<{ id: string }>()
  return results.map(({ id }) => id)
}

const pages = (
  accountListIds: readonly string[],
  packs: number,
  contactsOfAPack: number,
  input: unknown = {},
) => {
  const read = readFilter(input, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const database = openDatabase(env.DB)
  const selection = { accountListIds, filter: read.filter, today: TODAY }
  const size = { contacts: packs * contactsOfAPack, contactsOfAPack }
  return { database, pages: selectedPages(database, openSelection(selection, size)) }
}

const all = async (of: AsyncIterable<readonly SelectedContact[]>) => {
  const ids: string[] = []
  for await (const page of of) ids.push(...page.map(({ id }) => id))
  return ids
}

/** A filter that looks at more than the status. */
const VALID = { status_valid: true }

describe('the contacts selected', () => {
  it.each(
    [0, 1, 2, 3, 5, 6, 7, 12, 13, 20].flatMap((count) =>
      [{}, VALID].map((filter) => ({ count, filter })),
    ),
  )(
    'are complete and in order, $count contacts in packs of 3, stretches of 2 packs, by $filter',
    async ({ count, filter }) => {
      await addContacts(count)
      const { pages: selected } = pages([LIST], 2, 3, filter)
      expect(await all(selected)).toEqual(await idsInOrder())
    },
  )

  it.each([
    [2, 3, 40],
    [1, 1, 40],
    [10, 25_000, 40],
  ])(
    'are in order across account lists, in stretches of %d packs of %d contacts',
    async (packs, contactsOfAPack, count) => {
      await addContacts(count)
      await addContacts(7, OTHER_LIST)
      for (const filter of [{}, VALID]) {
        const { pages: selected } = pages([LIST, OTHER_LIST, LIST], packs, contactsOfAPack, filter)
        expect(await all(selected)).toEqual(await idsInOrder())
      }
    },
  )

  it('are in code-point order across account lists, for long names and any beginning', async () => {
    const long = 'x'.repeat(70)
    const names = [
      '\uFFFD',
      '\u{1F600}',
      'é',
      'e',
      'Z',
      'a',
      '',
      long,
      `${long}b`,
      `${long}a`,
      `${long}a`,
      '\u0001'.repeat(700_000),
    ]
    for (const [index, name] of [...names, ...names].entries()) {
      await addContact({ name, account_list_id: index % 2 === 0 ? LIST : OTHER_LIST })
    }
    for (const packs of [1, 100]) {
      expect(await all(pages([LIST, OTHER_LIST], packs, 1, VALID).pages)).toEqual(
        await idsInOrder(),
      )
    }
  })

  it('are those of the start, whatever happens while they are read', async () => {
    await addContacts(20)
    const before = await idsInOrder()
    const { database, pages: selected } = pages([LIST], 2, 3)
    const first = await selected.next()
    // The other stretches are selected at the start as well.
    await vi.waitFor(() => expect(database.cost.queries).toBe(3))
    await env.DB.prepare(`UPDATE contacts SET name = 'Zoe' WHERE name = 'Name 0'`).run()
    await env.DB.prepare(`UPDATE contacts SET name = 'Ann' WHERE name = 'Name 9'`).run()
    await addContact({ name: 'Name 95' })
    const firstIds = first.done ? [] : first.value.map(({ id }) => id)
    expect([...firstIds, ...(await all(selected))]).toEqual(before)
  })
})

describe('rows read', () => {
  const LISTS = Array.from(
    { length: 10 },
    (_, index) => `a1000000-0000-4000-8000-00000000000${index}`,
  )
  const CONTACTS = 3000

  beforeEach(async () => {
    for (const id of LISTS) await addList(id)
  })

  /** Contacts with names in no order, in so many account lists. */
  const fill = async (lists: number) => {
    const rows = Array.from({ length: CONTACTS }, (_, index) => ({
      id: crypto.randomUUID(),
      list: LISTS[index % lists],
      name: `Name ${(index * 7919) % CONTACTS}`,
    }))
    await env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name, notes)
       SELECT value ->> 'id', value ->> 'list', value ->> 'name', 'a note' FROM json_each(?)`,
    )
      .bind(JSON.stringify(rows))
      .run()
  }

  const FILTERS = [
    {},
    VALID,
    { notes: 'note' },
    { exclude_tags: 'x' },
    { ids: [], newsletter: 'no_value' },
  ]

  it.each([1, 2, 10].flatMap((lists) => [false, true].map((analyzed) => ({ lists, analyzed }))))(
    'are at most five a contact for $lists account lists, with statistics: $analyzed',
    async ({ lists, analyzed }) => {
      await fill(lists)
      if (analyzed) await env.DB.prepare('ANALYZE').run()
      for (const filter of FILTERS) {
        for (const packs of [4, 1000]) {
          const { database, pages: selected } = pages(LISTS.slice(0, lists), packs, 200, filter)
          expect(await all(selected)).toEqual(await idsInOrder())
          expect({ filter, packs, a: database.cost.rowsRead / CONTACTS }).toSatisfy(
            ({ a }: { a: number }) => a <= 5,
          )
        }
      }
      if (analyzed)
        await env.DB.prepare('DROP TABLE sqlite_stat1')
          .run()
          .catch(() => undefined)
    },
  )

  it('are one a contact for the filter that most exports have', async () => {
    await fill(1)
    const { database, pages: selected } = pages(LISTS.slice(0, 1), 10, 25_000)
    await all(selected)
    expect(database.cost.rowsRead).toBeLessThan(CONTACTS + 25)
  })
})

it('ten thousand account lists take few statements', async () => {
  const ids = Array.from({ length: 10_000 }, () => crypto.randomUUID())
  await env.DB.batch([
    env.DB.prepare('INSERT INTO account_lists (id) SELECT value FROM json_each(?)').bind(
      JSON.stringify(ids),
    ),
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       SELECT 'c' || substr(value, 2), value, substr(value, 20) FROM json_each(?)`,
    ).bind(JSON.stringify(ids)),
  ])
  const { database, pages: selected } = pages(ids, 13, 25_000, VALID)
  expect(await all(selected)).toEqual(await idsInOrder())
  expect(database.cost.queries).toBeLessThan(5)
})
