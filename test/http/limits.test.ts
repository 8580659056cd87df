import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, post, postDocument } from '../helpers/api.ts'
import { addList, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { csvRows, download } from '../helpers/files.ts'

const MEBIBYTE = 1024 * 1024

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const rowCount = () => env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')

/** A document that is right, of so many bytes. */
function documentOf(bytes: number): string {
  const [start, end] = ['{"data":{"type":"export_logs"},"meta":{"x":"', '"}}']
  return start + 'x'.repeat(bytes - start.length - end.length) + end
}

describe('a body', () => {
  const headers = { 'Content-Type': 'application/vnd.api+json' }
  const inPieces = (body: string) =>
    call(EXPORTS, { method: 'POST', headers, body: new Blob([body]).stream() })

  it('of 1 MiB is taken, with a length or without', async () => {
    expect((await postDocument(documentOf(MEBIBYTE))).status).toBe(201)
    expect((await inPieces(documentOf(MEBIBYTE))).status).toBe(201)
  })

  it('of a byte more is a 413 before it is parsed, with a length or without', async () => {
    for (const body of [documentOf(MEBIBYTE + 1), '['.repeat(MEBIBYTE + 1)]) {
      const answers = [await postDocument(body), await inPieces(body)]
      expect(answers.map(({ status }) => status)).toEqual([413, 413])
    }
    expect(await rowCount()).toBe(0)
  })

  it('without end is a 413 as soon as it is too long', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    })
    expect((await call(EXPORTS, { method: 'POST', headers, body })).status).toBe(413)
  })
})

describe('a request', () => {
  const LENGTH = 60_000
  const dots = '.'.repeat(LENGTH)

  it.each([
    ['a path of dots', `/${dots}/x`],
    ['a file name of dots', `${EXPORTS}/${dots}x`],
    ['a file name of dots that seems to be one', `${EXPORTS}/${dots}.csv`],
    ['a path of escapes', `/${'%2e'.repeat(LENGTH)}/`],
    ['a path of slashes', `/x${'/'.repeat(LENGTH)}`],
    ['a query of dots', `${EXPORTS}?page[after]=${dots}`],
    ['a query of parameters', `${EXPORTS}?${'a=b&'.repeat(LENGTH / 4)}`],
    ['a query of items', `${EXPORTS}.csv?${'filter[ids][]=x&'.repeat(LENGTH / 16)}`],
  ])('with %s is soon done with', async (_, path) => {
    expect((await call(ORIGIN + path)).status).toBeLessThan(500)
  })

  it.each([
    'Accept',
    'Authorization',
    'Content-Type',
    'Origin',
    'Range',
    'If-None-Match',
    'CF-Ray',
  ])('with a long %s is soon done with', async (name) => {
    for (const piece of [' ,', '"x",', 'a ', '; q=', '\\"', '1-', 'bytes=0-,']) {
      const headers = { [name]: piece.repeat(LENGTH / piece.length) }
      const method = name === 'Content-Type' ? 'POST' : 'GET'
      expect((await call(EXPORTS, { method, headers })).status).toBeLessThan(500)
    }
  })
})

const nested = (depth: number): unknown => (depth === 0 ? 'x' : { x: nested(depth - 1) })

/** What stands around a filter: the params, the attributes, the data, the document. */
const AROUND_A_FILTER = 4

describe('nesting', () => {
  it('of 64 in a filter is taken', async () => {
    expect((await post({ filter: nested(64) })).status).toBe(201)
  })

  it.each<[string, (depth: number) => object]>([
    ['a filter', (depth) => ({ attributes: { params: { filter: nested(depth) } } })],
    [
      'a filter that is a text',
      (depth) => ({ attributes: { params: { filter: JSON.stringify(nested(depth)) } } }),
    ],
    [
      'params that are a text',
      (depth) => ({ attributes: { params: JSON.stringify({ filter: nested(depth) }) } }),
    ],
    ['other params', (depth) => ({ attributes: { params: { x: nested(depth) } } })],
    ['an attribute', (depth) => ({ attributes: { x: nested(depth) } })],
    ['a relationship', (depth) => ({ relationships: { x: nested(depth + AROUND_A_FILTER) } })],
    ['what nobody reads', (depth) => ({ meta: nested(depth + AROUND_A_FILTER) })],
  ])('deeper than 64 in %s is a 400', async (_, member) => {
    for (const depth of [65, 1000, 5000]) {
      const document = { data: { type: 'export_logs', ...member(depth) } }
      expect([depth, (await postDocument(document)).status]).toEqual([depth, 400])
    }
    expect(await rowCount()).toBe(0)
  })

  it('of half a million brackets is a 400, wherever they stand', async () => {
    const brackets = '['.repeat(400_000) + ']'.repeat(400_000)
    for (const body of [
      brackets,
      `{"data":{"type":"export_logs"},"meta":${brackets}}`,
      `{"data":{"type":"export_logs","attributes":{"params":{"filter":${brackets}}}}}`,
      `{"data":{"type":"export_logs","attributes":{"params":{"filter":{"ids":${brackets}}}}}}`,
      `{"data":{"type":"export_logs","attributes":{"params":{"filter":"${brackets}"}}}}`,
      `{"data":{"type":"export_logs","attributes":{"created_at":${brackets}}}}`,
      `{"data":{"type":${brackets}}}`,
    ]) {
      expect([body.slice(0, 80), (await postDocument(body)).status]).toEqual([
        body.slice(0, 80),
        400,
      ])
    }
  })
})

it('26,000 ticked ids make a log, as a list and as a text, and its file', async () => {
  const ids = Array.from({ length: 26_000 }, () => crypto.randomUUID())
  for (const filter of [{ ids }, { not_ids: ids.join(',') }]) {
    const { status, text } = await post({ filter })
    expect(status).toBe(201)
    expect((await download(JSON.parse(text).data.id)).status).toBe(200)
  }
})

it('a filter whose numbers grow beyond what a row may hold makes no log', async () => {
  for (const [count, expected] of [
    [80_000, 201],
    [100_000, 400],
  ] as const) {
    const params = `{"filter":{"x":[${'1e20,'.repeat(count)}1]}}`
    const body = `{"data":{"type":"export_logs","attributes":{"params":${params}}}}`
    expect((await postDocument(body)).status).toBe(expected)
  }
  const stored = env.DB.prepare('SELECT max(octet_length(params)) AS bytes FROM export_logs')
  expect(await stored.first('bytes')).toBeLessThan(1_900_000)
})

it('3,000 amounts make none, but the same one 3,000 times does', async () => {
  const amounts = Array.from({ length: 3000 }, (_, index) => index)
  expect((await post({ filter: { pledge_frequency: amounts } })).status).toBe(400)
  expect((await post({ filter: { pledge_frequency: amounts.fill(1) } })).status).toBe(201)
  expect(await rowCount()).toBe(1)
})

describe('20,000 ticked ids', () => {
  const COUNT = 20_000

  it.each<[string, (ids: readonly string[]) => unknown]>([
    ['as a list', (ids) => ({ ids })],
    ['as a text', (ids) => ({ ids: ids.join(',') })],
    ['in a filter that is a text', (ids) => JSON.stringify({ ids })],
    ['that are not wanted', (ids) => ({ not_ids: ids.slice(0, COUNT / 2) })],
  ])('%s are taken, and their file holds them', async (_, filterOf) => {
    await env.DB.prepare(
      `WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
       INSERT INTO contacts (id, account_list_id, name)
       SELECT printf('%08x-0000-4000-8000-000000000000', number), ?, 'Ann' FROM numbers`,
    )
      .bind(COUNT, LIST)
      .run()
    const rows = await env.DB.prepare('SELECT id FROM contacts ORDER BY id').all<{ id: string }>()
    const filter = filterOf(rows.results.map(({ id }) => id))
    const { status, text } = await post({ filter })
    expect(status).toBe(201)
    const { id } = JSON.parse(text).data
    expect((await call(`${EXPORTS}/${id}`)).status).toBe(200)
    const file = await download(id)
    expect(file.status).toBe(200)
    const isHalf = typeof filter === 'object' && filter !== null && 'not_ids' in filter
    expect(csvRows(file.text)).toHaveLength(1 + (isHalf ? COUNT / 2 : COUNT))
  })
})
