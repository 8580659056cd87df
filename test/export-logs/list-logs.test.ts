import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  call,
  EXPORTS,
  MAILING,
  ORIGIN,
  OTHER_USER,
  tokenFor,
  USER,
  type Call,
} from '../helpers/api.ts'
import { openDatabase } from '../../src/db/client.ts'
import { listLogs } from '../../src/export-logs/list-logs.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'
import { limitedDatabase } from '../helpers/limited-database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

/** Adds logs made in these seconds of a minute. @returns their ids */
async function addLogs(seconds: readonly number[], columns: Record<string, string | null> = {}) {
  const rows = seconds.map((second) => ({
    id: newId(),
    user_id: USER,
    type: 'Contacts',
    params: '{}',
    created_at: `2026-11-24T05:00:${String(second).padStart(2, '0')}Z`,
    ...columns,
  }))
  await insert('export_logs', ...rows)
  return rows.map(({ id }) => id)
}

type Page = {
  data: { id: string; attributes: Record<string, unknown>; links: Record<string, string> }[]
  links: { prev: string | null; next: string | null }
  meta: { total: number }
}

/** A page of the list, at a URL or by its query. */
async function page(place: string | null = '', call_: Call = {}) {
  const url = new URL(place ?? 'no page', `${ORIGIN}${EXPORTS}`)
  const { status, headers, text } = await call(`${url.pathname}${url.search}`, call_)
  const document: Page = JSON.parse(text)
  return { status, headers, text, ...document, ids: document.data?.map(({ id }) => id) }
}

/** All pages, from the newest to the oldest or back. */
async function walk(direction: 'next' | 'prev', start: string) {
  const pages: string[][] = []
  let place: string | null = start
  while (place !== null) {
    const { ids, links }: Awaited<ReturnType<typeof page>> = await page(place)
    pages.push(ids)
    place = links[direction]
  }
  return pages
}

describe('the list of logs', () => {
  it('has the logs of the caller, newest first, those of one second by their ids', async () => {
    const [a, b, c, d] = await addLogs([1, 3, 3, 2])
    await addLogs([4], { user_id: OTHER_USER })
    const { status, headers, ids, links, meta } = await page()
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(ids).toEqual([c, b, d, a])
    expect([links, meta]).toEqual([{ prev: null, next: null }, { total: 4 }])
  })

  it('may be empty', async () => {
    await addLogs([1], { user_id: OTHER_USER })
    const { status, data, links, meta } = await page()
    expect([status, data, links, meta]).toEqual([200, [], { prev: null, next: null }, { total: 0 }])
  })

  it('shows each log as it is shown alone', async () => {
    await addContact({ name: 'Ann' })
    const id = await logOf('{"status":"active","zzz":1}')
    await download(id)
    const mailing = await logOf({}, { path: MAILING })
    const { data } = await page()
    for (const [index, one] of [mailing, id].toSorted().toReversed().entries()) {
      const alone = JSON.parse((await call(`${EXPORTS}/${one}`)).text).data
      expect({ ...data.find((log) => log.id === one), links: 0 }).toEqual({ ...alone, links: 0 })
      expect(data[index]?.links['self']).toContain(`${ORIGIN}${EXPORTS}/`)
    }
    expect(data.find((log) => log.id === id)).toMatchObject({
      attributes: { params: { filter: { status: 'active', zzz: 1 } } },
      meta: { files: { csv: { rows: 1 } }, ignored_filters: ['zzz'] },
    })
  })

  it('does not show files that the caller can no longer read', async () => {
    await addContact({ name: 'Ann' })
    await download(await logOf({}))
    await env.DB.prepare('DELETE FROM account_list_users').run()
    expect((await page()).data).toMatchObject([{ meta: { files: {} } }])
  })

  it('is for a caller with a token, by GET and HEAD', async () => {
    await addLogs([1])
    expect((await call(EXPORTS, { user: null })).status).toBe(401)
    const head = await call(EXPORTS, { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await call(EXPORTS, { headers: { 'Content-Type': 'text/csv' } })).status).toBe(200)
    expect((await call(EXPORTS, { headers: { Accept: 'text/html' } })).status).toBe(406)
  })

  it('shows logs of older programs', async () => {
    const [a] = await addLogs([1], { type: null, params: null })
    const [b] = await addLogs([2], { type: 'Contacts Export', params: '{' })
    const { data } = await page()
    expect(
      data.map(({ id, attributes }) => [id, attributes['type'], attributes['params']]),
    ).toEqual([
      [b, 'Contacts Export', { filter: {} }],
      [a, null, { filter: {} }],
    ])
  })
})

/** Params of so many bytes and a few more, as a filter of very many contacts has them. */
const large = (bytes: number) => JSON.stringify({ filter: {}, note: 'x'.repeat(bytes) })

describe('the params of the logs', () => {
  it('are not read when they are not shown', async () => {
    const ids = await addLogs(
      Array.from({ length: 30 }, (_, index) => index),
      { params: large(900_000) },
    )
    const { bindings, returned } = limitedDatabase()
    const { ids: listed, data } = await page('?page[size]=60&fields[export_logs]=created_at', {
      bindings,
    })
    expect(listed).toEqual(ids.toReversed())
    expect(data.map(({ attributes }) => Object.keys(attributes))).toEqual(
      ids.map(() => ['created_at']),
    )
    expect(returned.mostBytes).toBeLessThan(50_000)
  })

  it('end a page early when they are large, and the links continue there both ways', async () => {
    const ids = await addLogs([1, 2, 3, 4, 5, 6, 7], { params: large(400_000) })
    const small = await addLogs([8, 9, 10])
    const wanted = [...ids, ...small].toReversed()
    const { bindings, returned } = limitedDatabase()
    const first = await page('?page[size]=60', { bindings })
    expect(returned.mostBytes).toBeLessThan(1_100_000)
    expect([first.ids, first.links.prev, first.meta.total]).toEqual([wanted.slice(0, 5), null, 10])
    const forward = await walk('next', '?page[size]=60')
    expect(forward.map((one) => one.length)).toEqual([5, 2, 2, 1])
    expect(forward.flat()).toEqual(wanted)
    let last = first
    while (last.links.next !== null) last = await page(last.links.next)
    const back = await walk('prev', last.links.prev ?? '')
    expect(back.toReversed().flat()).toEqual(wanted.slice(0, -1))
  })

  it('of a single log may be larger than a page', async () => {
    const ids = await addLogs([1, 2, 3], { params: large(1_500_000) })
    expect(await walk('next', '?page[size]=2')).toEqual(ids.toReversed().map((id) => [id]))
  })

  it('leave a page of exactly 1 MiB whole', async () => {
    const half = 512 * 1024 - 'Contacts'.length
    const ids = await addLogs([1, 2], { params: large(half - large(0).length) })
    expect((await page()).ids).toEqual(ids.toReversed())
    await addLogs([3], { params: null, type: 'x' })
    expect((await page()).ids).toHaveLength(2)
  })
})

describe('pages of the list', () => {
  it('follow each other in both directions, over logs of one second', async () => {
    const ids = (await addLogs([1, 2, 2, 2, 2, 2, 3])).toReversed()
    const forward = await walk('next', '?page[size]=3')
    expect(forward).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)])
    const { links } = await page((await page((await page('?page[size]=3')).links.next)).links.next)
    expect(await walk('prev', links.prev ?? '')).toEqual([ids.slice(3, 6), ids.slice(0, 3)])
  })

  it.each([1, 2, 7, 100])('of %i hold all logs, each once', async (size) => {
    const ids = (await addLogs([1, 1, 1, 5, 5, 9, 9])).toReversed()
    expect((await walk('next', `?page[size]=${size}`)).flat()).toEqual(ids)
  })

  it('have 25 logs, or 1 to 100 of them', async () => {
    await addLogs(Array.from({ length: 103 }, (_, index) => index % 60))
    expect((await page()).ids).toHaveLength(25)
    for (const size of [1, 99, 100]) {
      const { ids, links, meta } = await page(`?page[size]=${size}`)
      expect([ids.length, typeof links.next, meta.total]).toEqual([size, 'string', 103])
    }
  })

  it('that are exactly full have no next one', async () => {
    await addLogs([1, 2])
    expect((await page('?page[size]=2')).links).toEqual({ prev: null, next: null })
  })

  it('do not lose a log or show one twice when others come and go between', async () => {
    const ids = (await addLogs([1, 2, 3, 4, 5, 6])).toReversed()
    const first = await page('?page[size]=2')
    const [newer] = await addLogs([50])
    for (const id of [ids[1], ids[2]]) await call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    const second = await page(first.links.next)
    expect([second.ids, second.meta.total]).toEqual([[ids[3], ids[4]], 5])
    expect((await page(second.links.prev)).ids).toEqual([newer, ids[0]])
    expect((await page((await page(second.links.next)).links.prev)).ids).toEqual([ids[3], ids[4]])
  })

  it('have no previous page when all logs before them are deleted', async () => {
    const ids = (await addLogs([1, 2, 3])).toReversed()
    const { links } = await page('?page[size]=2')
    for (const id of ids.slice(0, 2)) await call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    const rest = await page(links.next)
    expect([rest.ids, rest.links]).toEqual([[ids[2]], { prev: null, next: null }])
  })

  it('past the last log are empty, and link back', async () => {
    const ids = (await addLogs([1, 2, 3, 4])).toReversed()
    const first = await page('?page[size]=3')
    await call(`${EXPORTS}/${ids[3]}`, { method: 'DELETE' })
    const past = await page(first.links.next)
    expect([past.ids, past.links.next]).toEqual([[], null])
    const last = await page(past.links.prev)
    expect(last.ids).toEqual(ids.slice(0, 3))
    const middle = await page((await page('?page[size]=1')).links.next)
    await call(`${EXPORTS}/${ids[0]}`, { method: 'DELETE' })
    const before = await page(middle.links.prev)
    expect([before.ids, before.links.prev]).toEqual([[], null])
    expect((await page(before.links.next)).ids).toEqual([ids[1]])
  })

  it('never show the logs of another user, whatever cursor is used', async () => {
    const own = (await addLogs([1, 3])).toReversed()
    const foreign = (await addLogs([0, 2, 4], { user_id: OTHER_USER })).toReversed()
    const { links } = await page('?page[size]=1', { user: OTHER_USER })
    const after = new URL(links.next ?? '').searchParams.get('page[after]') ?? ''
    expect((await page(`?page[after]=${after}`)).ids).toEqual(own)
    const back = await page(`?page[before]=${after}`, { user: OTHER_USER })
    expect(back.ids).toEqual([])
    expect((await page('?page[size]=100', { user: OTHER_USER })).ids).toEqual(foreign)
  })

  it('are linked by absolute URLs that keep the query, but no token', async () => {
    await addLogs([1, 2, 3])
    const token = await tokenFor(USER)
    const kept = 'page[size]=1&filter[type]=Contacts&fields[export_logs]=type&include=user'
    const query = `?${kept}&access_token=${token}&utm_source=x`
    const { data, links } = await page((await page(query, { user: null })).links.next)
    const texts = [links.next, links.prev, ...data.flatMap((log) => Object.values(log.links))]
    for (const text of texts) {
      expect(text).toMatch(new RegExp(`^${ORIGIN}${EXPORTS}`))
      expect(text).not.toMatch(/token|utm_source/)
    }
    const { searchParams } = new URL(links.next ?? '')
    expect(Object.fromEntries(searchParams)).toEqual({
      'page[size]': '1',
      'filter[type]': 'Contacts',
      'fields[export_logs]': 'type',
      include: 'user',
      'page[after]': expect.any(String),
    })
    expect(data[0]?.attributes).toEqual({ type: 'Contacts' })
  })
})

describe('the list filtered by type', () => {
  it.each<[string, (ids: Record<string, string | undefined>) => unknown[]]>([
    ['Contacts', ({ contacts }) => [contacts]],
    ['Contacts Mailing', ({ mailing }) => [mailing]],
    ['Contacts,Contacts Mailing', ({ contacts, mailing }) => [mailing, contacts]],
    ['"Old, older",Contacts', ({ contacts, old }) => [old, contacts]],
    ['contacts', () => []],
    ['Nothing', () => []],
    ['', ({ contacts, mailing, old, none }) => [none, old, mailing, contacts]],
  ])('%j has those alone, and counts them', async (type, expected) => {
    const [contacts] = await addLogs([1])
    const [mailing] = await addLogs([2], { type: 'Contacts Mailing' })
    const [old] = await addLogs([3], { type: 'Old, older' })
    const [none] = await addLogs([4], { type: null })
    const wanted = expected({ contacts, mailing, old, none })
    const query = `?filter[type]=${encodeURIComponent(type)}`
    const { ids, meta } = await page(query)
    expect([ids, meta.total]).toEqual([wanted, wanted.length])
    expect((await walk('next', `${query}&page[size]=1`)).flat()).toEqual(wanted)
  })
})

describe('of the query of the list', () => {
  it.each<[string, string, string[]]>([
    ['a page of none', 'page[size]=0', ['page[size]']],
    ['a page of 101', 'page[size]=101', ['page[size]']],
    ['a page of less than none', 'page[size]=-1', ['page[size]']],
    ['a page of a half', 'page[size]=1.5', ['page[size]']],
    ['a page of 1e1', 'page[size]=1e1', ['page[size]']],
    ['a page of words', 'page[size]=all', ['page[size]']],
    ['a page of nothing', 'page[size]=', ['page[size]']],
    ['a page of very many', `page[size]=${'9'.repeat(400)}`, ['page[size]']],
    ['two sizes', 'page[size]=1&page[size]=1', ['page[size]']],
    ['a cursor of nothing', 'page[after]=', ['page[after]']],
    ['a cursor of somebody’s own', 'page[before]=abc', ['page[before]']],
    ['a cursor with half of a place', `page[after]=${btoa('["x"]')}`, ['page[after]']],
    ['a cursor of numbers', `page[after]=${btoa('[1,2]')}`, ['page[after]']],
    ['an id for a cursor', `page[after]=${newId()}`, ['page[after]']],
    [
      'a place after and before',
      `page[after]=${btoa('["a","b"]')}&page[before]=${btoa('["a","b"]')}`,
      ['page[before]'],
    ],
    ['a page by number', 'page[number]=2', ['page[number]']],
    ['a page without a key', 'page=2', ['page']],
    ['an order', 'sort=created_at', ['sort']],
    ['another filter', 'filter[status]=active', ['filter[status]']],
    ['a filter of contacts', 'filter={}', ['filter']],
    ['a field that is not there', 'fields[export_logs]=params,zzz', ['fields[export_logs]']],
    ['a relationship that is not there', 'include=contacts', ['include']],
    ['two wrong things', 'page[size]=0&sort=x&include=y', ['sort', 'page[size]', 'include']],
  ])('%s is a 400 that names the parameter', async (_, query, parameters) => {
    const { status, text } = await page(`?${query}`)
    expect(status).toBe(400)
    const { errors } = JSON.parse(text)
    const named = errors.map((error: { source: { parameter: string } }) => error.source.parameter)
    expect(named.toSorted()).toEqual(parameters.toSorted())
  })
})

it('the list of a user with 20,000 logs reads a page of them, also for its total', async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
     INSERT INTO export_logs (id, user_id, type)
     SELECT printf('00000000-0000-4000-9000-%012d', i), ?, iif(i % 2, 'Contacts', 'Contacts Mailing')
     FROM n`,
  )
    .bind(USER)
    .run()
  for (const [types, total] of [
    [undefined, 20_000],
    [['Contacts'], 10_000],
    [['Contacts', 'Contacts Mailing', 'Other'], 20_000],
  ] as const) {
    const database = openDatabase(env.DB)
    const listing = {
      userId: USER,
      types,
      size: 10,
      after: undefined,
      before: undefined,
      withParams: true,
    }
    expect((await listLogs(database, listing)).total).toBe(total)
    expect(database.cost.rowsRead).toBeLessThan(100)
  }
})
