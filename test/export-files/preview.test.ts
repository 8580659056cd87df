import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { contactColumns } from '../../src/contacts/columns.ts'
import { call, EXPORTS, OTHER_USER, type Call } from '../helpers/api.ts'
import { addContact, addList, addPerson, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { exported } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { name: 'Smith Ministry' })
})

async function preview(query = '', init: Call = {}) {
  const { status, text } = await call(`${EXPORTS}/preview${query}`, init)
  return { status, ...JSON.parse(text) }
}

const addNamed = async (...names: readonly string[]) => {
  for (const name of names) await addContact({ name })
}

describe('a preview', () => {
  it('counts all and shows the first ten, as the file has them', async () => {
    await addNamed(
      ...Array.from(
        { length: 12 },
        (_, number) => `Name ${String(number).padStart(2, '0')}`,
      ).toReversed(),
    )
    const { status, data, meta } = await preview()
    expect(status).toBe(200)
    expect(meta).toEqual({
      account_lists: [{ id: LIST, name: 'Smith Ministry' }],
      columns: contactColumns.map(({ key, heading }) => ({ key, heading })),
      total: 12,
    })
    const rows = data.map(({ attributes }: { attributes: object }) => attributes)
    expect(Object.keys(rows[0])).toEqual(contactColumns.map(({ heading }) => heading))
    const shown = rows.map((row: object) =>
      Object.fromEntries(Object.entries(row).map(([heading, cell]) => [heading, cell ?? ''])),
    )
    expect(shown).toEqual((await exported({})).slice(0, 10))
  })

  it('counts whom the filter selects, in both forms of the query', async () => {
    await addContact({ name: 'Baker, Ann', status: 'Never Ask', send_newsletter: 'Both' })
    await addContact({ name: 'Smith, John', status: 'Never Ask' })
    await addContact({ name: 'Young, Eve' })
    expect((await preview('?filter[status]=hidden&filter[newsletter]=all')).meta.total).toBe(1)
    expect((await preview(`?filter=${encodeURIComponent('{"status":"hidden"}')}`)).meta.total).toBe(
      2,
    )
    expect((await preview()).data).toMatchObject([{ attributes: { 'Contact Name': 'Young, Eve' } }])
  })

  it('leaves out whom the files leave out', async () => {
    const [gone, half, nobody] = [
      await addContact({ name: 'Gone' }),
      await addContact({ name: 'Half' }),
      await addContact({ name: 'Nobody' }),
    ]
    await addPerson(gone, { deceased: 1 })
    await addPerson(half, { deceased: 1 })
    await addPerson(half, { deceased: 0 })
    const { data, meta } = await preview()
    expect(meta.total).toBe(2)
    expect(data.map(({ id }: { id: string }) => id)).toEqual([half, nobody])
  })

  it('fills its ten rows with those that files hold', async () => {
    for (let number = 10; number < 35; number += 1) {
      const id = await addContact({ name: `Name ${number}` })
      await addPerson(id, { deceased: number < 20 ? 1 : 0 })
    }
    const { data, meta } = await preview()
    expect(meta.total).toBe(15)
    expect(data).toHaveLength(10)
    expect(data[0].attributes['Contact Name']).toBe('Name 20')
  })

  it("shows no other user's contacts and names no other user's account lists", async () => {
    await addList(OTHER_LIST, { name: 'Other' }, OTHER_USER)
    await addContact({ name: 'Hers', account_list_id: OTHER_LIST })
    const { data, meta } = await preview()
    expect(data).toEqual([])
    expect(meta).toMatchObject({ account_lists: [{ id: LIST, name: 'Smith Ministry' }], total: 0 })
    const { status, errors } = await preview(`?filter[account_list_id]=${OTHER_LIST}`)
    expect(status).toBe(404)
    expect(errors[0].detail).toBe(`Resource 'AccountList' with id '${OTHER_LIST}' does not exist.`)
  })

  it('makes no log and keeps nothing', async () => {
    await addNamed('Baker, Ann')
    await preview()
    expect(await env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')).toBe(0)
    expect((await env.FILES.list()).objects).toEqual([])
  })

  it.each([
    ['?filter[newsletter]=nobody', 'filter[newsletter]'],
    ['?filter[ids][a][b]=c', 'filter[ids]'],
    ['?bom=true', 'bom'],
    ['?include=user', 'include'],
    ['?filter=1', 'filter'],
  ])('refuses %s', async (query, parameter) => {
    const { status, errors } = await preview(query)
    expect(status).toBe(400)
    expect(errors[0].source).toEqual({ parameter })
  })

  it('cuts long texts, so that ten contacts are a small document', async () => {
    for (let number = 0; number < 10; number += 1) {
      const id = await addContact({
        name: `${number} ${'é'.repeat(200_000)}`,
        greeting: '"'.repeat(200_000),
      })
      await insert('contact_tags', { contact_id: id, name: 't'.repeat(200_000) })
    }
    const { text } = await call(`${EXPORTS}/preview`)
    expect(text.length).toBeLessThan(1024 * 1024)
    const { data, meta } = JSON.parse(text)
    expect(meta.total).toBe(10)
    expect(data[9].attributes).toMatchObject({
      'Contact Name': `9 ${'é'.repeat(1999)}`,
      Greeting: '"'.repeat(4000),
      Tags: 't'.repeat(4000),
    })
  })

  it('takes no other method', async () => {
    const { status, headers } = await call(`${EXPORTS}/preview`, { method: 'POST' })
    expect(status).toBe(405)
    expect(headers.get('Allow')).toBe('GET, HEAD')
  })
})
