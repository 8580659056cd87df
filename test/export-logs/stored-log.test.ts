import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, download } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  await addContact({ name: 'Zoe', status: 'Never Ask' })
})

const store = async (columns: Record<string, string | null>) => {
  const id = newId()
  await insert('export_logs', { id, user_id: USER, ...columns })
  return id
}

describe('a log that another program wrote', () => {
  it.each<[string, Record<string, string | null>, unknown, string[]]>([
    ['with nothing but its user', {}, { filter: {} }, ['Ann']],
    ['with an older type', { type: 'Contacts Export', params: '{}' }, { filter: {} }, ['Ann']],
    [
      'with a filter that is an object',
      { params: '{"filter":{"status":"hidden"}}' },
      { filter: { status: 'hidden' } },
      ['Zoe'],
    ],
    [
      'with a filter that is a text',
      { params: '{"filter":"{\\"status\\":\\"hidden\\"}"}', export_at: '2022-01-12T00:00:00Z' },
      { filter: { status: 'hidden' } },
      ['Zoe'],
    ],
  ])('%s is shown, and gives a file', async (_, columns, params, names) => {
    const id = await store(columns)
    const { data } = JSON.parse((await call(`${EXPORTS}/${id}`)).text)
    expect(data.attributes).toMatchObject({ params, type: columns['type'] ?? null })
    const { text } = await download(id)
    expect(
      csvRows(text)
        .slice(1)
        .map(([name]) => name),
    ).toEqual(names)
  })

  it.each<[string, string, string]>([
    ['no JSON', '{', '/data/attributes/params'],
    ['a list', '[]', '/data/attributes/params'],
    [
      'a bad filter',
      '{"filter":{"newsletter":"some"}}',
      '/data/attributes/params/filter/newsletter',
    ],
    ['a filter that is no JSON', '{"filter":"x"}', '/data/attributes/params/filter'],
  ])('with params that are %s is shown, and refuses to guess', async (_, params, pointer) => {
    const id = await store({ params })
    expect((await call(`${EXPORTS}/${id}`)).status).toBe(200)
    const { status, text } = await download(id)
    expect(status).toBe(400)
    expect(JSON.parse(text).errors[0].source).toEqual({ pointer })
  })

  it('with the id of an earlier one has none of its files', async () => {
    const id = await store({ params: '{}' })
    expect((await download(id)).text).not.toContain('Zoe')
    const { DB } = env
    await DB.prepare('REPLACE INTO export_logs (id, user_id, params) VALUES (?, ?, ?)')
      .bind(id, USER, '{"filter":{"status":"hidden"}}')
      .run()
    for (const _ of ['made', 'kept']) expect((await download(id)).text).toContain('Zoe')
  })
})
