import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, ORIGIN, OTHER_USER, USER } from '../helpers/api.ts'
import { addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { callSync, DELETED } from '../helpers/sync.ts'

type Record_ = { id: string; type: string; attributes: Record<string, string | null> }

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST, {}, OTHER_USER)
})

const tombstone = (type: string, account_list_id: string, deleted_at: string, id = newId()) =>
  insert('deleted_records', { type, id, account_list_id, deleted_at }).then(() => id)

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`

const idsOf = async (answer: Promise<{ text: string }>): Promise<string[]> =>
  JSON.parse((await answer).text).data.map(({ id }: Record_) => id)

/** All ids of a list, page by page in one direction, and back again. */
async function pages(path: string, get: typeof call): Promise<string[][]> {
  const found: string[][] = []
  for (let next: string | null = path; next;) {
    const { status, text } = await get(next)
    expect(status).toBe(200)
    const { data, links } = JSON.parse(text)
    found.push(data.map(({ id }: Record_) => id))
    next = links.next && links.next.slice(ORIGIN.length)
    expect(links.prev === null).toBe(found.length === 1)
    if (!links.prev) continue
    const before = JSON.parse((await get(links.prev.slice(ORIGIN.length))).text)
    expect(before.data.map(({ id }: Record_) => id)).toEqual(found.at(-2))
  }
  return found
}

describe('the deleted records', () => {
  it('tell type, id, account list and time', async () => {
    const id = newId()
    await insert('contacts', { id, account_list_id: LIST, name: 'Smith, John' })
    await env.DB.prepare('DELETE FROM contacts').run()
    const { status, text } = await call(DELETED)
    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual({
      data: [
        {
          id,
          type: 'deleted_records',
          attributes: {
            account_list_id: LIST,
            deletable_id: id,
            deletable_type: 'contacts',
            deleted_at: expect.stringMatching(/Z$/),
          },
        },
      ],
      links: { prev: null, next: null },
    })
  })

  it('are those of account lists that the caller may read, or write', async () => {
    const own = await tombstone('contacts', LIST, at(1))
    const others = await tombstone('people', OTHER_LIST, at(2))
    const nobodys = await tombstone('people', '', at(3))
    expect(await idsOf(call(DELETED))).toEqual([own])
    expect(await idsOf(call(DELETED, { user: OTHER_USER }))).toEqual([others])
    expect(await idsOf(call(DELETED, { user: newId() }))).toEqual([])
    expect(await idsOf(callSync(DELETED))).toEqual([own, others, nobodys])
    expect(await idsOf(callSync(DELETED, { claims: { account_list_ids: [OTHER_LIST] } }))).toEqual([
      others,
    ])
    expect(await idsOf(callSync(DELETED, { claims: { account_list_ids: [] } }))).toEqual([])
  })

  it('come in pages, oldest first, whatever was deleted in one second', async () => {
    const all: string[] = []
    await addList(newId())
    for (const type of ['appeals', 'contacts', 'donations', 'people', 'tasks']) {
      for (const second of [1, 2]) {
        for (let n = 0; n < 3; n += 1) all.push(await tombstone(type, LIST, at(second)))
      }
    }
    const { results } = await env.DB.prepare(
      'SELECT id FROM deleted_records ORDER BY deleted_at, type, id',
    ).all<{ id: string }>()
    const expected = results.map(({ id }) => id)
    for (const get of [call, callSync] as const) {
      const found = await pages(`${DELETED}?page[size]=4`, get)
      expect(found.flat()).toEqual(expected)
      expect(found.length).toBe(8)
    }
    expect(all.length).toBe(30)
  })

  it('of several account lists of the caller are listed once', async () => {
    const list = newId()
    await addList(list)
    const id = await tombstone('donations', LIST, at(1))
    await tombstone('donations', list, at(1), id)
    const { data } = JSON.parse((await call(DELETED)).text)
    expect(data.map((record: Record_) => record.id)).toEqual([id])
  })

  it.each([
    ['2026-01-01T00:00:02Z', 2],
    ['2026-01-01T02:00:02+02:00', 2],
    ['2026-01-01T00:00:02.000Z', 2],
    ['2026-01-01', 3],
    ['2026-01-02', 0],
  ])('since %s are %i', async (since, expected) => {
    for (const second of [1, 2, 3]) await tombstone('tasks', LIST, at(second))
    const query = new URLSearchParams({ 'filter[since_date]': since }).toString()
    expect(JSON.parse((await call(`${DELETED}?${query}`)).text).data.length).toBe(expected)
  })

  it('can be those of some types', async () => {
    for (const type of ['contacts', 'tasks', 'people']) await tombstone(type, LIST, at(1))
    const { data } = JSON.parse((await call(`${DELETED}?filter[types]=tasks,people`)).text)
    expect(data.map((record: Record_) => record.attributes['deletable_type'])).toEqual([
      'people',
      'tasks',
    ])
  })

  it.each(['filter[types]=notes', 'filter[since_date]=yesterday', 'page[after]=x', 'since=1'])(
    'with ?%s are a 400',
    async (query) => {
      expect((await call(`${DELETED}?${query}`)).status).toBe(400)
    },
  )

  it('of others, and those on earlier pages, cost nothing', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO deleted_records (type, id, account_list_id, deleted_at)
      SELECT 'contacts', printf('%08d', i), iif(i % 2, ?, ?), ? FROM n`,
    )
      .bind(LIST, OTHER_LIST, at(1))
      .run()
    const position = btoa(JSON.stringify([at(1), 'contacts', '00015001'])).replaceAll('=', '')
    for (const direction of ['after', 'before']) {
      const { readRows, results } = await rowsRead(`${DELETED}?page[${direction}]=${position}`)
      expect(results).toBe(25)
      expect(readRows).toBeLessThan(300)
    }
  })
})

/** How many rows D1 has read for a request. */
async function rowsRead(path: string) {
  const lines: string[] = []
  const log = console.log
  console.log = (line: string) => lines.push(line)
  try {
    const { text } = await call(path, { user: USER })
    const event = lines
      .map((line) => JSON.parse(line))
      .find(({ event: name }) => name === 'request')
    return { readRows: Number(event.d1_rows_read), results: JSON.parse(text).data.length }
  } finally {
    console.log = log
  }
}
