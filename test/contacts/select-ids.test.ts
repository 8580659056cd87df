import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readFilter } from '../../src/contacts/filter/read-filter.ts'
import { pagesOfIds } from '../../src/contacts/select-ids.ts'
import { openDatabase } from '../../src/db/client.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'

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

const idsInOrder = async () =>
  (await env.DB.prepare('SELECT id FROM contacts ORDER BY name, id').all<{ id: string }>()).results //
    .map(({ id }) => id)

const pages = (accountListIds: readonly string[], packs: number, idsOfAPack: number) => {
  const read = readFilter({}, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const database = openDatabase(env.DB)
  const selection = { accountListIds, filter: read.filter, today: TODAY }
  return { database, pages: pagesOfIds(database, selection, { packs, idsOfAPack }) }
}

const all = async (of: AsyncIterable<readonly string[]>) => {
  const ids: string[] = []
  for await (const page of of) ids.push(...page)
  return ids
}

describe('the ids of the contacts selected', () => {
  it.each([0, 1, 2, 3, 5, 6, 7, 12, 13, 20])(
    'are all there, once and in order, of %d contacts in packs of 3 and stretches of 2 packs',
    async (count) => {
      await addContacts(count)
      const { database, pages: selected } = pages([LIST], 2, 3)
      expect(await all(selected)).toEqual(await idsInOrder())
      expect(database.cost.queries).toBe(1 + Math.floor(Math.ceil(count / 3) / 2))
    },
  )

  it('are in order across account lists', async () => {
    await addContacts(7)
    await addContacts(7, OTHER_LIST)
    expect(await all(pages([LIST, OTHER_LIST], 2, 3).pages)).toEqual(await idsInOrder())
  })

  it('are those of the start, whatever happens while they are read', async () => {
    await addContacts(20)
    const before = await idsInOrder()
    const { database, pages: selected } = pages([LIST], 2, 3)
    const first = await selected.next()
    // The other stretches are selected at the start as well.
    await vi.waitFor(() => expect(database.cost.queries).toBe(4))
    await env.DB.prepare(`UPDATE contacts SET name = 'Zoe' WHERE name = 'Name 0'`).run()
    await env.DB.prepare(`UPDATE contacts SET name = 'Ann' WHERE name = 'Name 9'`).run()
    await addContact({ name: 'Name 95' })
    expect([...(first.value ?? []), ...(await all(selected))]).toEqual(before)
  })

  it('take one row read for each contact of the list, and a dozen beside', async () => {
    await addContacts(50)
    const { database, pages: selected } = pages([LIST], 10, 25_000)
    await all(selected)
    expect(database.cost.rowsRead).toBeLessThan(65)
  })
})
