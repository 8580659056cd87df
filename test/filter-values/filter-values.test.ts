import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { storedValuesByKey } from '../../src/contacts/filter/keys/keys.ts'
import { filterValues } from '../../src/contacts/reading/filter-values.ts'
import { openDatabase } from '../../src/db/client.ts'
import { call, OTHER_USER, USER, type Call } from '../helpers/api.ts'
import { add, addContact, addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

const PATH = '/api/v2/contacts/filter_values'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
})

async function valuesOf(query: string, init: Call = {}) {
  const { status, text } = await call(`${PATH}?${query}`, init)
  const { data, meta, errors } = JSON.parse(text)
  return { status, meta, errors, values: data?.map(pairOf) }
}

type Resource = { id: string; type: string; attributes: { value: string; contacts: number } }

const pairOf = ({ attributes }: Resource) => [attributes.value, attributes.contacts]

const addTagged = async (tags: readonly string[], columns = {}) => {
  const contact_id = await addContact(columns)
  await insert('contact_tags', ...tags.map((name) => ({ contact_id, name })))
  return contact_id
}

const parametersOf = (errors: { source: { parameter: string } }[]) =>
  errors.map(({ source }) => source.parameter)

describe('the values of a key', () => {
  it('are the most frequent ones first, with the number of their contacts', async () => {
    await addTagged(['camp', 'vip'])
    await addTagged(['camp', 'board, local'], { status: 'Never Ask' })
    const { status, text } = await call(`${PATH}?key=tags`)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual({
      data: [
        { id: 'camp', type: 'filter_values', attributes: { contacts: 2, value: 'camp' } },
        {
          id: 'board, local',
          type: 'filter_values',
          attributes: { contacts: 1, value: 'board, local' },
        },
        { id: 'vip', type: 'filter_values', attributes: { contacts: 1, value: 'vip' } },
      ],
      meta: { complete: true, has_more: false },
    })
  })

  it('are one in any letter case where the key ignores it', async () => {
    await addTagged(['Camp'])
    await addTagged(['camp', 'CAMP'])
    expect((await valuesOf('key=tags')).values).toEqual([['CAMP', 2]])
    await addContact({ church_name: 'Grace' })
    await addContact({ church_name: 'grace' })
    expect((await valuesOf('key=church')).values).toEqual([
      ['Grace', 1],
      ['grace', 1],
    ])
  })

  it('contain what is searched, in any letter case', async () => {
    await addTagged(['Émile', 'camp', '100%', 'a_b'])
    expect((await valuesOf(`key=tags&q=${encodeURIComponent('éM')}`)).values).toEqual([
      ['Émile', 1],
    ])
    expect((await valuesOf('key=tags&q=%25')).values).toEqual([['100%', 1]])
    expect((await valuesOf('key=tags&q=_')).values).toEqual([['a_b', 1]])
    expect((await valuesOf('key=tags&q=')).values).toHaveLength(4)
    expect((await valuesOf('key=tags&q=zzz')).values).toEqual([])
  })

  it('are found for every key that has some', async () => {
    const contact_id = await addTagged(['vip'], {
      status: 'Partner - Pray',
      church_name: 'Grace',
      likely_to_give: 'Likely',
      locale: 'de',
      timezone: 'UTC',
      pledge_currency: 'EUR',
    })
    const place = {
      city: 'Ulm',
      state: 'BW',
      country: 'Germany',
      region: 'South',
      metro_area: 'Ulm+',
    }
    await add('addresses', { contact_id, ...place })
    await add('addresses', { contact_id, ...place })
    await add('addresses', { contact_id, city: 'Old', historic: 1 })
    await add('addresses', { contact_id, city: 'Gone', deleted: 1 })
    for (const [account_list_id, activity_type, completed] of [
      [LIST, 'Call', 0],
      [LIST, 'Done', 1],
    ] as const) {
      const task_id = await add('tasks', { account_list_id, activity_type, completed })
      await insert('task_contacts', { task_id, contact_id })
    }
    const expected = {
      status: 'Partner - Pray',
      tags: 'vip',
      exclude_tags: 'vip',
      likely: 'Likely',
      church: 'Grace',
      locale: 'de',
      timezone: 'UTC',
      city: 'Ulm',
      state: 'BW',
      country: 'Germany',
      region: 'South',
      metro_area: 'Ulm+',
      pledge_currency: 'EUR',
      related_task_action: 'Call',
    }
    for (const [key, value] of Object.entries(expected)) {
      expect([key, (await valuesOf(`key=${key}`)).values]).toEqual([key, [[value, 1]]])
    }
    const { errors } = await valuesOf('key=x')
    expect(errors[0].detail).toBe(
      `There are no values for 'x'. The keys with values are ${Object.keys(expected).join(', ')}.`,
    )
  })

  it('are no empty ones and no long ones', async () => {
    await addContact({ church_name: '' })
    await addContact({ church_name: null })
    await addContact({ church_name: 'x'.repeat(401) })
    await addContact({ church_name: 'x'.repeat(400) })
    expect((await valuesOf('key=church')).values).toEqual([['x'.repeat(400), 1]])
  })

  it('are at most fifty', async () => {
    await addTagged(Array.from({ length: 50 }, (_, number) => `tag ${number}`))
    expect(await valuesOf('key=tags')).toMatchObject({ meta: { has_more: false } })
    await addTagged(['more'])
    const { values, meta } = await valuesOf('key=tags')
    expect(values).toHaveLength(50)
    expect(meta).toEqual({ complete: true, has_more: true })
  })

  it('are of what the caller may read, or of some of it', async () => {
    await addTagged(['mine'])
    await addTagged(['other'], { account_list_id: OTHER_LIST })
    const foreign = 'a0000000-0000-4000-8000-000000000003'
    await addList(foreign, {}, OTHER_USER)
    await addTagged(['foreign'], { account_list_id: foreign })
    const one = [['other', 1]]
    expect((await valuesOf('key=tags')).values).toEqual([['mine', 1], ...one])
    for (const scope of [
      `filter[account_list_id]=${OTHER_LIST}`,
      `filter[account_list_id][]=${OTHER_LIST}`,
      `filter[accountListId]=${OTHER_LIST.toUpperCase()}`,
      `filter=${encodeURIComponent(JSON.stringify({ account_list_id: [OTHER_LIST] }))}`,
    ]) {
      expect([scope, (await valuesOf(`key=tags&${scope}`)).values]).toEqual([scope, one])
    }
    expect((await valuesOf('key=tags', { user: OTHER_USER })).values).toEqual([['foreign', 1]])
    expect((await valuesOf('key=tags', { user: newId() })).values).toEqual([])
    for (const id of [foreign, newId()]) {
      const { status, errors } = await valuesOf(`key=tags&filter[account_list_id]=${id}`)
      expect([status, errors[0].detail]).toEqual([
        404,
        `Resource 'AccountList' with id '${id}' does not exist.`,
      ])
    }
  })

  it('are complete, or the document says that they are not', async () => {
    const rows = Array.from({ length: 20_001 }, (_, index) => [
      newId(),
      index === 0 ? 'rare' : 'usual',
    ])
    await env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name, church_name)
       SELECT value ->> 0, ?, 'Name', value ->> 1 FROM json_each(?)`,
    )
      .bind(LIST, JSON.stringify(rows))
      .run()
    expect(await valuesOf('key=church')).toMatchObject({
      meta: { complete: false },
      values: [
        ['usual', expect.any(Number)],
        ['rare', 1],
      ],
    })
    expect(await valuesOf('key=church&q=zzz')).toMatchObject({
      meta: { complete: false },
      values: [],
    })
    const id = rows[1]?.[0] ?? ''
    await env.DB.prepare('DELETE FROM contacts WHERE id = ?').bind(id).run()
    expect(await valuesOf('key=church')).toMatchObject({
      meta: { complete: true },
      values: [
        ['usual', 19_999],
        ['rare', 1],
      ],
    })
  })
})

describe('the cost of values', () => {
  const FOREIGN = 'a0000000-0000-4000-8000-000000000009'

  it.each([false, true])(
    'is a few rows for each contact that may be read, with statistics: %j',
    async (analyzed) => {
      await insert('account_lists', { id: FOREIGN })
      const rows = Array.from({ length: 4000 }, (_, index) => ({
        id: crypto.randomUUID(),
        list: index < 3700 ? FOREIGN : index % 2 === 0 ? LIST : OTHER_LIST,
        tag: `tag ${index % 40}`,
      }))
      const json = JSON.stringify(rows)
      await env.DB.batch(
        [
          `INSERT INTO contacts (id, account_list_id, name)
           SELECT value ->> 'id', value ->> 'list', 'Name' FROM json_each(?)`,
          `INSERT INTO contact_tags SELECT value ->> 'id', value ->> 'tag' FROM json_each(?)`,
          `INSERT INTO addresses (id, contact_id, city)
           SELECT value ->> 'id', value ->> 'id', value ->> 'tag' FROM json_each(?)`,
          `INSERT INTO tasks (id, account_list_id, activity_type)
           SELECT value ->> 'id', value ->> 'list', value ->> 'tag' FROM json_each(?)`,
          `INSERT INTO task_contacts (task_id, contact_id)
           SELECT value ->> 'id', value ->> 'id' FROM json_each(?)`,
        ].map((query) => env.DB.prepare(query).bind(json)),
      )
      if (analyzed) await env.DB.prepare('ANALYZE').run()
      for (const [key, storedValues] of storedValuesByKey) {
        for (const lists of [[LIST], [LIST, OTHER_LIST]]) {
          const database = openDatabase(env.DB)
          await filterValues(database, lists, storedValues, 'tag')
          expect({ key, rows: database.cost.rowsRead / (150 * lists.length) }).toSatisfy(
            ({ rows: read }: { rows: number }) => read <= 12,
          )
        }
      }
    },
  )
})

describe('a request for values', () => {
  it.each([
    ['', ['key']],
    ['key=', ['key']],
    ['key=name_like', ['key']],
    ['key=tags&key=tags', ['key']],
    [`key=tags&q=${'x'.repeat(201)}`, ['q']],
    ['key=tags&q=a&q=b', ['q']],
    ['key=tags&filter[status]=active', ['filter[status]']],
    ['key=tags&filter=x', ['filter']],
    ['key=tags&filter[account_list_id][x]=1', ['filter[account_list_id]']],
    ['key=tags&page[size]=5&sort=x', ['page[size]', 'sort']],
  ])('?%s is a 400', async (query, parameters) => {
    const { status, errors } = await valuesOf(query)
    expect([status, parametersOf(errors)]).toEqual([400, parameters])
  })

  it('needs a token, is limited, and is a GET', async () => {
    expect((await valuesOf('key=tags', { user: null })).status).toBe(401)
    const limit = { limit: async ({ key }: { key: string }) => ({ success: key !== USER }) }
    const bindings = { RATE_LIMITS: 'on', READ_LIMIT: limit }
    expect((await valuesOf('key=tags', { bindings })).status).toBe(429)
    const { status, headers } = await call(`${PATH}?key=tags`, { method: 'POST' })
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
    expect((await call(`${PATH}?key=tags`, { method: 'HEAD' })).status).toBe(200)
  })
})
