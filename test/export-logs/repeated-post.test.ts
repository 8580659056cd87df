import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, OTHER_USER, postDocument, USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
})

const logs = async () => env.DB.prepare('SELECT count(*) AS logs FROM export_logs').first('logs')

const bodyOf = (
  id: string,
  params: unknown = { filter: { status: 'active' }, a: 1 },
  more = {},
) => ({
  data: { type: 'export_logs', id, attributes: { params, ...more } },
})

const PAST = '2022-01-12T17:18:07Z'

describe('a repeated POST', () => {
  it('of the same user and body is a 201 with the log that is there', async () => {
    const id = newId()
    const first = await postDocument(bodyOf(id))
    await env.DB.prepare(
      `UPDATE export_logs SET export_at = '${PAST}', created_at = '${PAST}', updated_at = '${PAST}',
       updated_in_db_at = '${PAST}'`,
    ).run()
    const again = await postDocument(bodyOf(id))
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.headers.get('Location')).toBe(first.headers.get('Location'))
    const { data } = JSON.parse(again.text)
    expect(data).toMatchObject({
      id,
      attributes: {
        params: { filter: { status: 'active' }, a: 1 },
        export_at: PAST,
        created_at: PAST,
        updated_in_db_at: PAST,
      },
    })
    expect(data.links.csv).toContain(`${id}.csv`)
    expect(await env.DB.prepare('SELECT * FROM export_log_usage').first('logs')).toBe(1)
  })

  it.each<[string, object, object]>([
    [
      'members in another order',
      bodyOf(newId(), { a: 1, filter: {} }),
      { params: { filter: {}, a: 1 } },
    ],
    ['params as a text', bodyOf(newId(), { a: [1, 2.0] }), { params: '{ "a": [1.0, 2] }' }],
    ['no params', bodyOf(newId(), {}), {}],
    ['a zero below zero', bodyOf(newId(), { a: -0 }), { params: '{"a":-0.0}' }],
    [
      'a time in another time zone',
      bodyOf(newId(), {}, { created_at: PAST }),
      { created_at: '2022-01-12T19:18:07+02:00' },
    ],
    [
      'another time of the server’s copy',
      bodyOf(newId(), {}, { updated_in_db_at: PAST }),
      { updated_in_db_at: '2022-01-13T17:18:07Z' },
    ],
  ])('with %s is equal', async (_, body, attributes) => {
    expect((await postDocument(body)).status).toBe(201)
    const { data } = JSON.parse(JSON.stringify(body))
    expect((await postDocument({ data: { ...data, attributes } })).status).toBe(201)
    expect(await logs()).toBe(1)
  })

  it('in upper case is equal, with its own user named, too', async () => {
    const id = 'aaaaaaaa-0000-4000-8000-000000000001'
    expect((await postDocument(bodyOf(id))).status).toBe(201)
    const { data } = bodyOf(id.toUpperCase())
    const relationships = { user: { data: { type: 'users', id: USER } } }
    expect((await postDocument({ data: { ...data, relationships } })).status).toBe(201)
  })

  it('with another body, kind or user is a 409', async () => {
    const id = newId()
    expect((await postDocument(bodyOf(id))).status).toBe(201)
    const { data } = bodyOf(id)
    const relationships = { user: { data: { type: 'users', id: OTHER_USER } } }
    for (const { status } of [
      await postDocument(bodyOf(id, { filter: { status: 'hidden' }, a: 1 })),
      await postDocument(bodyOf(id, { filter: { status: 'active' } })),
      await postDocument(bodyOf(id, { filter: '{"status":"active"}', a: 1 })),
      await postDocument(bodyOf(id, undefined, { created_at: PAST })),
      await postDocument(bodyOf(id, undefined, { updated_at: PAST })),
      await postDocument(bodyOf(id), { path: MAILING }),
      await postDocument(bodyOf(id), { user: OTHER_USER }),
      await postDocument({ data: { ...data, relationships } }),
    ]) {
      expect(status).toBe(409)
    }
    expect(await logs()).toBe(1)
  })

  it('after the log was deleted is a 409', async () => {
    const id = newId()
    await postDocument(bodyOf(id))
    await call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    expect((await postDocument(bodyOf(id))).status).toBe(409)
  })

  it('is a 201 at the end of the quota, too', async () => {
    const id = newId()
    const full = { bindings: { LOG_QUOTA: 1 } }
    expect((await postDocument(bodyOf(id), full)).status).toBe(201)
    expect((await postDocument(bodyOf(newId()), full)).status).toBe(429)
    expect((await postDocument(bodyOf(id), full)).status).toBe(201)
  })

  it('at the same moment makes one log', async () => {
    const id = newId()
    const all = await Promise.all([1, 2, 3].map(() => postDocument(bodyOf(id))))
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await logs()).toBe(1)
  })

  it('is a 409 when another program has written params that cannot be read', async () => {
    const id = newId()
    await insert('export_logs', { id, user_id: USER, type: 'Contacts', params: '{broken' })
    expect((await postDocument(bodyOf(id, {}))).status).toBe(409)
  })
})
