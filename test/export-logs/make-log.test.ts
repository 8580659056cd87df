import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, OTHER_USER, post, postDocument, USER } from '../helpers/api.ts'
import { addContact, addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { exportedNames } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const logs = (attributes: object, more: object = {}) => ({
  data: { type: 'export_logs', attributes, ...more },
})
const named = (id: string) => ({ relationships: { user: { data: { type: 'users', id } } } })
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)

/** What is wrong, as pointers. */
const pointersOf = (text: string) =>
  JSON.parse(text).errors.map((error: { source?: { pointer: string } }) => error.source?.pointer)

const rowCount = () => env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')

describe('a POST', () => {
  it('makes a log and shows it', async () => {
    const id = newId()
    const filter = '{"status":"active"}'
    const { status, headers, text } = await postDocument(logs({ params: { filter } }, { id }))
    expect(status).toBe(201)
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    expect(headers.get('Cache-Control')).toBe('no-store')
    const self = `${ORIGIN}${EXPORTS}/${id}`
    expect(headers.get('Location')).toBe(self)
    const document = {
      data: {
        id,
        type: 'export_logs',
        attributes: {
          created_at: time,
          export_at: time,
          params: { filter },
          type: 'Contacts',
          updated_at: time,
          updated_in_db_at: time,
        },
        relationships: { user: { data: { id: USER, type: 'users' } } },
        links: {
          self,
          csv: expect.stringContaining(`${self}.csv?`),
          xlsx: expect.stringContaining(`${self}.xlsx?`),
          pdf: expect.stringContaining(`${self}.pdf?`),
        },
      },
    }
    expect(JSON.parse(text)).toEqual(document)
    expect(Object.keys(JSON.parse(text).data.attributes)).toEqual(
      Object.keys(document.data.attributes),
    )
    const shown = JSON.parse((await call(`${EXPORTS}/${id}`)).text)
    expect(shown.data.attributes.params).toEqual({ filter: { status: 'active' } })
    expect({ ...shown.data.attributes, params: 0 }).toEqual({
      ...JSON.parse(text).data.attributes,
      params: 0,
    })
    expect(await env.DB.prepare('SELECT * FROM export_logs').first()).toMatchObject({
      id,
      type: 'Contacts',
      params: JSON.stringify({ filter }),
      user_id: USER,
    })
  })

  it.each<[string, unknown, unknown, unknown]>([
    [
      'an object',
      { filter: { a: 1 }, type: 'csv', sort: 'Zip' },
      undefined,
      { filter: { a: 1 }, type: 'csv', sort: 'Zip' },
    ],
    ['a text', '{"filter":"{\\"a\\":1}"}', { filter: '{"a":1}' }, { filter: { a: 1 } }],
    ['an object without a filter', { sort: 'Zip' }, undefined, { sort: 'Zip', filter: {} }],
    ['nothing', undefined, {}, { filter: {} }],
    ['null', null, {}, { filter: {} }],
    ['a filter that is null', { filter: null }, undefined, { filter: {} }],
    ['a filter that is empty', { filter: '' }, undefined, { filter: {} }],
  ])(
    'with params that are %s shows them as sent, a GET with the filter as an object',
    async (_, sent, answered, shown) => {
      const { status, text } = await post(sent)
      expect(status).toBe(201)
      const { data } = JSON.parse(text)
      expect(data.attributes.params).toEqual(answered ?? sent)
      const got = JSON.parse((await call(`${EXPORTS}/${data.id}`)).text)
      expect(got.data.attributes.params).toEqual(shown)
    },
  )

  it.each([
    ['2022-01-12T17:18:07Z', '2022-01-12T17:18:07Z'],
    ['2022-01-12T17:18:07.999Z', '2022-01-12T17:18:07Z'],
    ['2022-01-12T17:18:07+02:00', '2022-01-12T15:18:07Z'],
    ['2022-01-12T17:18:07.5-08:30', '2022-01-13T01:48:07Z'],
    ['2022-01-12T17:18:07+0200', '2022-01-12T15:18:07Z'],
    ['2022-01-12T17:18:07,123456-08', '2022-01-13T01:18:07Z'],
    ['2022-01-12T23:59:59.999+14:00', '2022-01-12T09:59:59Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  ])('keeps the time %s as %s', async (sent, kept) => {
    const times = { created_at: sent, updated_at: sent, updated_in_db_at: sent }
    const { attributes } = JSON.parse((await postDocument(logs(times))).text).data
    expect([attributes.created_at, attributes.updated_at]).toEqual([kept, kept])
    expect(attributes.updated_in_db_at).not.toBe(kept)
    expect(attributes.export_at).not.toBe(kept)
  })

  it('reads an id in upper case as one in lower case', async () => {
    const id = 'ABCDEF00-0000-1000-8000-000000000001'
    const { text } = await postDocument(logs({}, { id }))
    expect(JSON.parse(text).data.id).toBe(id.toLowerCase())
    expect((await call(`${EXPORTS}/${id}`)).status).toBe(200)
    expect((await postDocument(logs({ params: {} }, { id: id.toLowerCase() }))).status).toBe(201)
    expect((await postDocument(logs({}, { id }), { user: OTHER_USER })).status).toBe(409)
  })

  it('makes a log of the caller', async () => {
    expect((await postDocument(logs({}, named(USER)))).status).toBe(201)
    expect((await postDocument(logs({}, named(OTHER_USER)))).status).toBe(403)
    expect(await rowCount()).toBe(1)
  })

  it('reads the UUID of a user in any letter case, and stores it in lower case', async () => {
    const users = [USER, USER.toUpperCase(), USER.replace('f', 'F')]
    for (const user of users) {
      for (const other of users) {
        const { status, text } = await postDocument(logs({}, named(other)), { user })
        expect(status).toBe(201)
        const { id, relationships } = JSON.parse(text).data
        expect(relationships.user.data.id).toBe(USER)
        for (const reader of users) {
          expect((await call(`${EXPORTS}/${id}`, { user: reader })).status).toBe(200)
        }
      }
    }
    const stored = await env.DB.prepare('SELECT DISTINCT user_id FROM export_logs').all()
    expect(stored.results).toEqual([{ user_id: USER }])
    const list = JSON.parse((await call(EXPORTS, { user: USER.toUpperCase() })).text)
    expect(list.meta.total).toBe(9)
  })

  it('lets a user read the account lists of its UUID in any letter case', async () => {
    await addContact({ name: 'Ann' })
    const user = USER.toUpperCase()
    expect(await exportedNames({ account_list_id: LIST }, { user })).toEqual(['Ann'])
  })

  it('keeps ids of users that are not UUIDs as they are', async () => {
    for (const [user, other] of [
      ['anna', 'Anna'],
      ['anna', 'anna '],
      [`{${USER}}`, `{${USER.toUpperCase()}}`],
      [`${USER}0`, `${USER}0`.toUpperCase()],
    ] as const) {
      const { text } = await postDocument(logs({}, named(user)), { user })
      expect(JSON.parse(text).data.relationships.user.data.id).toBe(user)
      expect((await postDocument(logs({}, named(other)), { user })).status).toBe(403)
      const path = `${EXPORTS}/${JSON.parse(text).data.id}`
      expect((await call(path, { user: other })).status).toBe(403)
    }
  })

  it('names the keys of a filter that are ignored', async () => {
    const { text } = await post({ filter: { fooBar: 1, status: 'active', 'x-y': [] } })
    const { id, meta } = JSON.parse(text).data
    expect(meta).toEqual({ ignored_filters: ['fooBar', 'x-y'] })
    expect(JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.meta).toEqual({
      files: {},
      ...meta,
    })
  })
})

describe('a POST is refused', () => {
  it.each<[string, unknown, number, unknown[]]>([
    ['that is no JSON', '{', 400, [undefined]],
    ['that is no object', [], 400, ['']],
    ['that is null', 'null', 400, ['']],
    ['without data', {}, 400, ['/data']],
    ['whose data are a list', { data: [] }, 400, ['/data']],
    ['without a type', { data: {} }, 409, ['/data/type']],
    ['of another type', { data: { type: 'contacts' } }, 409, ['/data/type']],
    ['with an id that is no UUID', logs({}, { id: 'abc' }), 400, ['/data/id']],
    ['with an id that is no text', logs({}, { id: 7 }), 400, ['/data/id']],
    ['with an id among the attributes', logs({ id: newId() }), 409, ['/data/attributes/id']],
    [
      'with attributes that are a text',
      { data: { type: 'export_logs', attributes: 'x' } },
      400,
      ['/data/attributes'],
    ],
    ['with params that are a number', logs({ params: 7 }), 400, ['/data/attributes/params']],
    ['with params that are no JSON', logs({ params: '{' }), 400, ['/data/attributes/params']],
    [
      'with a filter that is a list',
      logs({ params: { filter: [] } }),
      400,
      ['/data/attributes/params/filter'],
    ],
    [
      'with a filter that is no JSON',
      logs({ params: { filter: 'active' } }),
      400,
      ['/data/attributes/params/filter'],
    ],
    [
      'with unknown attributes',
      logs({ type: 'Contacts', 'a/b~c': 1 }),
      400,
      ['/data/attributes/type', '/data/attributes/a~1b~0c'],
    ],
    [
      'with times that do not exist',
      logs({ created_at: '2022-02-30T00:00:00Z', updated_at: 'yesterday', updated_in_db_at: 7 }),
      400,
      [
        '/data/attributes/created_at',
        '/data/attributes/updated_at',
        '/data/attributes/updated_in_db_at',
      ],
    ],
    ...[
      '2022-01-12',
      '2022-01-12T17:18:07',
      '2022-01-12 17:18:07Z',
      '2022-01-12T24:00:00Z',
      '2022-01-12T17:18:07Z ',
      '2022-01-12T17:18:07+2',
      '2022-01-12T17:18:07+02:',
      '-2022-01-12T17:18:07Z',
      '0000-01-01T00:00:00+01:00',
      '',
      '1642007887',
    ].map((text): [string, unknown, number, unknown[]] => [
      `with the time '${text}'`,
      logs({ created_at: text }),
      400,
      ['/data/attributes/created_at'],
    ]),
    [
      'with a time beyond the year 9999',
      logs({ created_at: '9999-12-31T23:59:59-01:00' }),
      400,
      ['/data/attributes/created_at'],
    ],
    [
      'with a user without an id',
      logs({}, { relationships: { user: { data: null } } }),
      400,
      ['/data/relationships/user/data'],
    ],
    [
      'with several bad values, each at its key as it was sent',
      logs({
        params: {
          filter: { 'any-tags': 'perhaps', newsLetter: 1, newsletter: 'some', status: { a: 1 } },
        },
      }),
      400,
      ['any-tags', 'newsletter', 'status'].map((key) => `/data/attributes/params/filter/${key}`),
    ],
    [
      'with two spellings of a key',
      logs({ params: '{"filter":"{\\"nameLike\\":\\"a\\",\\"name_like\\":\\"b\\"}"}' }),
      400,
      ['/data/attributes/params/filter/name_like'],
    ],
  ])('%s', async (_, body, expected, pointers) => {
    const { status, text } = await postDocument(body)
    expect([status, pointersOf(text)]).toEqual([expected, pointers])
    expect(await rowCount()).toBe(0)
  })

  const nested = (depth: number): unknown => (depth === 1 ? {} : { x: nested(depth - 1) })

  it('when its filter is nested deeper than 64', async () => {
    expect((await post({ filter: nested(64) })).status).toBe(201)
    expect((await post({ filter: nested(65) })).status).toBe(400)
    expect((await post({ filter: JSON.stringify(nested(65)) })).status).toBe(400)
    expect((await post({ other: nested(200) })).status).toBe(400)
    expect((await postDocument(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).status).toBe(400)
    const brackets = '['.repeat(300_000) + ']'.repeat(300_000)
    const deep = `{"data":{"type":"export_logs","attributes":{"params":{"x":${brackets}}}}}`
    expect((await postDocument(deep)).status).toBe(400)
  })

  it('for an account list that is missing or not the caller’s, with the same text', async () => {
    await addList(OTHER_LIST, {}, OTHER_USER)
    const missing = newId()
    for (const id of [OTHER_LIST, missing]) {
      const { status, text } = await post({ filter: { account_list_id: [LIST, id, newId()] } })
      expect(status).toBe(404)
      expect(JSON.parse(text).errors[0].detail).toBe(
        `Resource 'AccountList' with id '${id}' does not exist.`,
      )
    }
    expect(await rowCount()).toBe(0)
  })
})

describe('a document', () => {
  it('shows the fields asked for, and the user', async () => {
    const { id } = JSON.parse((await post({})).text).data
    const get = async (query: string) => call(`${EXPORTS}/${id}?${query}`)
    const some = JSON.parse((await get('fields[export_logs]=type,created_at')).text)
    expect(Object.keys(some.data.attributes)).toEqual(['created_at', 'type'])
    expect(some.data.relationships).toBeUndefined()
    const none = JSON.parse((await get('fields[export_logs]=&include=user')).text)
    expect(none.data.attributes).toEqual({})
    expect(none.included).toEqual([{ id: USER, type: 'users' }])
    for (const [query, parameter] of [
      ['fields[export_logs]=type,nothing', 'fields[export_logs]'],
      ['fields[users]=name', 'fields[users]'],
      ['include=user,contacts', 'include'],
      ['sort=type', 'sort'],
      ['page[size]=5', 'page[size]'],
    ] as const) {
      const { status, text } = await get(query)
      expect([status, JSON.parse(text).errors[0].source]).toEqual([400, { parameter }])
    }
  })
})
