import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, ORIGIN, OTHER_USER, USER, type Call } from '../helpers/api.ts'
import { addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'

const PATH = '/api/v2/contacts/saved_filters'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

async function send(method: string, path: string, data: unknown, init: Call = {}) {
  const headers = { 'Content-Type': 'application/vnd.api+json' }
  const body = JSON.stringify({ data })
  const { status, headers: sent, text } = await call(path, { method, headers, body, ...init })
  return { status, headers: sent, text, ...JSON.parse(text) }
}

const save = (attributes: unknown, members: object = {}, init: Call = {}) =>
  send('POST', PATH, { type: 'saved_filters', ...members, attributes }, init)

const change = (id: string, attributes: unknown, members: object = {}, init: Call = {}) =>
  send('PATCH', `${PATH}/${id}`, { type: 'saved_filters', id, ...members, attributes }, init)

const listed = async (init: Call = {}) => JSON.parse((await call(PATH, init)).text)

type Problem = { detail: string; source?: { pointer?: string } }

const placesOf = (errors: readonly Problem[]) => errors.map(({ source }) => source?.pointer)

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

describe('a saved filter', () => {
  it('is made, shown, listed, changed and deleted', async () => {
    const attributes = {
      name: 'Newsletter by post',
      filter: '{"status":"active","newsletter":"address","colour":"red"}',
      columns: 'contact_name, address_block',
      sort: '-Zip',
      format: 'bom.csv',
    }
    const made = await save(attributes)
    expect(made.status).toBe(201)
    const { id } = made.data
    const self = `${ORIGIN}${PATH}/${id}`
    expect(made.headers.get('Location')).toBe(self)
    expect(made.headers.get('Cache-Control')).toBe('no-store')
    const resource = {
      id,
      type: 'saved_filters',
      attributes: {
        columns: ['contact_name', 'address_block'],
        created_at: TIME,
        filter: { status: 'active', newsletter: 'address', colour: 'red' },
        format: 'bom.csv',
        name: 'Newsletter by post',
        sort: '-Zip',
        updated_at: TIME,
      },
      links: { self },
      meta: { ignored_filters: ['colour'] },
    }
    expect(made.data).toEqual(resource)
    expect(JSON.parse((await call(self)).text)).toEqual({ data: resource })
    expect(await listed()).toEqual({ data: [resource], meta: { total: 1 } })

    const changed = await change(id, { name: 'By post', columns: null, sort: null, filter: {} })
    expect(changed.status).toBe(200)
    expect(changed.data.attributes).toMatchObject({
      columns: null,
      filter: {},
      format: 'bom.csv',
      name: 'By post',
      sort: null,
    })
    expect(changed.data.meta).toBeUndefined()

    const gone = await call(self, { method: 'DELETE' })
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await call(self)).status).toBe(404)
    expect((await call(self, { method: 'DELETE' })).status).toBe(404)
    expect(await listed()).toEqual({ data: [], meta: { total: 0 } })
  })

  it('needs no more than a name', async () => {
    const { data } = await save({ name: ' All ' })
    expect(data.attributes).toMatchObject({
      columns: null,
      filter: {},
      format: null,
      name: 'All',
      sort: null,
    })
  })

  it('may have an id of the client, and a repeated request makes no other', async () => {
    const id = newId()
    const attributes = { name: 'Mine', filter: { tags: ['a'] } }
    expect((await save(attributes, { id: id.toUpperCase() })).data.id).toBe(id)
    const again = await save(attributes, { id })
    expect([again.status, again.data.id]).toEqual([201, id])
    const other = await save({ name: 'Other' }, { id })
    expect([other.status, placesOf(other.errors)]).toEqual([409, ['/data/id']])
    const others = await save(attributes, { id }, { user: OTHER_USER })
    expect([others.status, others.errors[0].detail]).toEqual([409, `The id '${id}' is taken.`])
    expect((await listed()).meta.total).toBe(1)
  })

  it('has a name that no other of the user has', async () => {
    const { data } = await save({ name: 'Mine' })
    const other = await save({ name: 'Other' })
    const same = await save({ name: ' Mine ' })
    expect([same.status, placesOf(same.errors)]).toEqual([409, ['/data/attributes/name']])
    expect((await change(other.data.id, { name: 'Mine' })).status).toBe(409)
    expect((await change(data.id, { name: 'Mine' })).status).toBe(200)
    expect((await save({ name: 'mine' })).status).toBe(201)
    expect((await save({ name: 'Mine' }, {}, { user: OTHER_USER })).status).toBe(201)
  })

  it("is nobody else's, in the same words as one that is not there", async () => {
    const { data } = await save({ name: 'Mine' }, {}, { user: OTHER_USER })
    for (const id of [data.id, newId()]) {
      const detail = `Resource 'SavedFilter' with id '${id}' does not exist.`
      const responses = [
        await call(`${PATH}/${id}`),
        await call(`${PATH}/${id}`, { method: 'DELETE' }),
        await change(id, { name: 'Yours' }),
      ]
      for (const { status, text } of responses) {
        expect([status, JSON.parse(text).errors]).toEqual([
          404,
          [{ status: '404', title: 'Not Found', detail }],
        ])
      }
    }
    expect((await listed()).meta.total).toBe(0)
    const { data: theirs } = await listed({ user: OTHER_USER })
    expect(theirs).toEqual([data])
  })

  it('is one of at most a hundred', async () => {
    await env.DB.prepare(
      `INSERT INTO saved_filters (id, user_id, name, filter)
       SELECT printf('00000000-0000-4000-8000-0000000001%02d', value), ?, 'Name ' || value, '{}'
       FROM json_each(?)`,
    )
      .bind(USER, JSON.stringify(Array.from({ length: 99 }, (_, index) => index)))
      .run()
    const statuses = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await save({ name })).status),
    )
    expect(statuses.filter((status) => status === 201)).toEqual([201])
    expect(statuses.filter((status) => status === 409)).toEqual([409, 409])
    const { data, meta } = await listed()
    expect([data.length, meta.total]).toEqual([100, 100])
    expect((await save({ name: 'd' })).errors[0].detail).toBe(
      'You have 100 saved filters, which is the most. Delete one first.',
    )
    expect((await save({ name: 'd' }, {}, { user: OTHER_USER })).status).toBe(201)
    expect((await change(data[0].id, { name: 'd' })).status).toBe(200)
  })

  it('names only account lists that the user may read', async () => {
    await addList(OTHER_LIST, {}, OTHER_USER)
    const { data } = await save({ name: 'Mine', filter: { account_list_id: LIST } })
    for (const account_list_id of [OTHER_LIST, newId()]) {
      const filter = { account_list_id }
      for (const { status, errors } of [
        await save({ name: 'Other', filter }),
        await change(data.id, { filter }),
      ]) {
        expect([status, errors[0].detail]).toEqual([
          404,
          `Resource 'AccountList' with id '${account_list_id}' does not exist.`,
        ])
      }
    }
    expect((await listed()).meta.total).toBe(1)
  })

  it.each([
    [{}, ['/data/attributes/name']],
    [{ name: '' }, ['/data/attributes/name']],
    [{ name: ' ' }, ['/data/attributes/name']],
    [{ name: null }, ['/data/attributes/name']],
    [{ name: 7 }, ['/data/attributes/name']],
    [{ name: 'a\nb' }, ['/data/attributes/name']],
    [{ name: 'x'.repeat(101) }, ['/data/attributes/name']],
    [{ name: 'x', filter: { newsletter: 'x' } }, ['/data/attributes/filter/newsletter']],
    [{ name: 'x', filter: [] }, ['/data/attributes/filter']],
    [{ name: 'x', filter: { tags: 'x'.repeat(33_000) } }, ['/data/attributes/filter/tags']],
    [{ name: 'x', filter: { colour: 'x'.repeat(33_000) } }, ['/data/attributes/filter']],
    [{ name: 'x', columns: ['x'] }, ['/data/attributes/columns']],
    [{ name: 'x', columns: [] }, ['/data/attributes/columns']],
    [{ name: 'x', sort: 'x' }, ['/data/attributes/sort']],
    [{ name: 'x', format: 'ods' }, ['/data/attributes/format']],
    [{ name: 'x', format: '' }, ['/data/attributes/format']],
    [{ name: 'x', user_id: OTHER_USER }, ['/data/attributes/user_id']],
    [
      { name: '', sort: 'x', filter: { status_valid: 'x', any_tags: 'y' } },
      [
        '/data/attributes/name',
        '/data/attributes/filter/status_valid',
        '/data/attributes/filter/any_tags',
        '/data/attributes/sort',
      ],
    ],
  ])('%j is a 400', async (attributes, places) => {
    const { status, errors } = await save(attributes)
    expect([status, placesOf(errors)]).toEqual([400, places])
    expect((await listed()).meta.total).toBe(0)
  })

  it('has as much as it is allowed', async () => {
    const name = '😀'.repeat(100)
    const filter = { ids: Array.from({ length: 800 }, () => crypto.randomUUID()) }
    const { status, data } = await save({ name, filter })
    expect([status, data.attributes.name, data.attributes.filter]).toEqual([201, name, filter])
  })

  it('is of its own type, and changed under its own id', async () => {
    const { data } = await save({ name: 'Mine' })
    expect((await save({ name: 'x' }, { type: 'export_logs' })).status).toBe(409)
    expect((await save({ name: 'x' }, { id: 'x' })).status).toBe(400)
    expect((await change(data.id, { name: 'x' }, { id: newId() })).status).toBe(409)
    expect((await change(data.id, { name: 'x' }, { id: undefined })).status).toBe(409)
    expect((await change(data.id, { name: 'x' }, { type: 'contacts' })).status).toBe(409)
    expect((await change(data.id, undefined)).status).toBe(200)
    expect((await listed()).data[0].attributes.name).toBe('Mine')
  })
})

describe('the routes of saved filters', () => {
  it('need a token, and are limited', async () => {
    const { data } = await save({ name: 'Mine' })
    const limit = { limit: async () => ({ success: false }) }
    const limited: Call = { bindings: { RATE_LIMITS: 'on', READ_LIMIT: limit, LOG_LIMIT: limit } }
    for (const [init, expected] of [
      [{ user: null }, 401],
      [limited, 429],
    ] as const) {
      expect((await call(PATH, init)).status).toBe(expected)
      expect((await call(`${PATH}/${data.id}`, init)).status).toBe(expected)
      expect((await save({ name: 'x' }, {}, init)).status).toBe(expected)
      expect((await change(data.id, { name: 'x' }, {}, init)).status).toBe(expected)
    }
  })

  it('say which methods there are', async () => {
    for (const [path, method, allowed] of [
      [PATH, 'DELETE', 'GET, HEAD, POST'],
      [`${PATH}/${newId()}`, 'POST', 'GET, HEAD, PATCH, DELETE'],
    ] as const) {
      const { status, headers } = await call(path, { method })
      expect([status, headers.get('Allow')]).toEqual([405, allowed])
    }
    expect((await call(PATH, { method: 'HEAD' })).status).toBe(200)
  })

  it('may be called by pages of allowed origins', async () => {
    const origin = 'https://client.example'
    const headers = { Origin: origin, 'Access-Control-Request-Method': 'PATCH' }
    const { headers: allowed } = await call(`${PATH}/${newId()}`, {
      method: 'OPTIONS',
      headers,
      user: null,
      bindings: { ALLOWED_ORIGINS: origin },
    })
    expect(allowed.get('Access-Control-Allow-Methods')).toContain('PATCH')
  })
})
