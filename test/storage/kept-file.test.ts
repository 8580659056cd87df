import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, OTHER_USER, USER } from '../helpers/api.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, download, logOf } from '../helpers/files.ts'
import { spyOnDatabase } from '../helpers/faults.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
})

const recordOf = (id: string, variant = 'csv') =>
  env.DB.prepare('SELECT * FROM export_files WHERE export_log_id = ? AND variant = ?')
    .bind(id, variant)
    .first()

const namesIn = (text: string) =>
  csvRows(text)
    .map(([name]) => name)
    .slice(1)

const fileNames = {
  csv: 'contacts-20220112.csv',
  xlsx: 'contacts-20220112.xlsx',
  pdf: 'contacts-labels-20220112.pdf',
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

describe.each(['csv', 'xlsx', 'pdf'] as const)('a first download as %s', (format) => {
  it('keeps the file and its record', async () => {
    const id = await logOf({})
    const { bytes, headers, status } = await download(id, format)
    expect(status).toBe(200)
    expect(headers.get('ETag')).toBeNull()
    expect(headers.get('Content-Length')).toBeNull()
    const object = await env.FILES.get(`exports/${id}.${format}`)
    expect(new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes)
    expect(await recordOf(id, format)).toMatchObject({
      rows: 1,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      version: object?.version,
      produced_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      account_list_ids: JSON.stringify([LIST]),
      claim: null,
      claimed_at: null,
    })
  })

  it('is followed by downloads of the same bytes that read no contacts', async () => {
    const id = await logOf({})
    const first = await download(id, format)
    await env.DB.prepare(`UPDATE contacts SET name = 'changed'`).run()
    const { database, statements } = spyOnDatabase()
    const second = await download(id, format, { bindings: { DB: database } })
    expect(second.bytes).toEqual(first.bytes)
    expect(second.headers.get('Content-Length')).toBe(String(first.bytes.length))
    expect(second.headers.get('ETag')).toMatch(/^"[0-9a-f]{64}"$/)
    expect(statements.length).toBeGreaterThan(0)
    expect(statements.filter((sql) => sql.includes('"contacts"'))).toEqual([])
  })

  it('has the headers of a download', async () => {
    const id = await logOf({})
    await env.DB.prepare(`UPDATE export_logs SET export_at = '2022-01-12T23:59:59Z'`).run()
    for (const { headers } of [await download(id, format), await download(id, format)]) {
      expect(headers.get('Content-Disposition')).toBe(`attachment; filename="${fileNames[format]}"`)
      expect(headers.get('Cache-Control')).toBe('private, no-cache')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Content-Type')).toBe(mediaTypes[format])
    }
  })

  it('is not made by a HEAD, which has no length', async () => {
    const id = await logOf({})
    const { status, headers, bytes } = await download(id, format, { method: 'HEAD' })
    expect([status, bytes.length, headers.get('Content-Length')]).toEqual([200, 0, null])
    expect(await recordOf(id, format)).toBeNull()
    await download(id, format)
    const kept = await download(id, format, { method: 'HEAD' })
    expect([kept.status, kept.bytes.length]).toEqual([200, 0])
    expect(Number(kept.headers.get('Content-Length'))).toBeGreaterThan(0)
  })
})

describe('a kept file', () => {
  it('is made again when R2 no longer has it', async () => {
    const id = await logOf({})
    await download(id)
    await env.FILES.delete(`exports/${id}.csv`)
    await env.DB.prepare(`UPDATE contacts SET name = 'Bea'`).run()
    expect(namesIn((await download(id)).text)).toEqual(['Bea'])
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
  })

  it('is made again when R2 has another object in its place', async () => {
    const id = await logOf({})
    await download(id)
    await env.FILES.put(`exports/${id}.csv`, 'something else')
    expect(namesIn((await download(id)).text)).toEqual(['Ann'])
    expect(await (await env.FILES.get(`exports/${id}.csv`))?.text()).toContain('Ann')
  })

  it('is made again from what the caller may still read', async () => {
    await addList(OTHER_LIST)
    await addContact({ name: 'Bob', account_list_id: OTHER_LIST })
    const id = await logOf({})
    expect(namesIn((await download(id)).text)).toEqual(['Ann', 'Bob'])
    await env.DB.prepare('DELETE FROM account_list_users WHERE account_list_id = ?')
      .bind(OTHER_LIST)
      .run()
    expect(namesIn((await download(id)).text)).toEqual(['Ann'])
    expect(await recordOf(id)).toMatchObject({ rows: 1, account_list_ids: `["${LIST}"]` })
    expect(await (await env.FILES.get(`exports/${id}.csv`))?.text()).not.toContain('Bob')
  })

  it('is not served when the caller can no longer read an account list of the filter', async () => {
    const id = await logOf({ account_list_id: LIST })
    await download(id)
    await env.DB.prepare('DELETE FROM account_list_users').run()
    expect((await download(id)).status).toBe(404)
  })

  it('is not served to another user, even if they may read the same account list', async () => {
    const id = await logOf({})
    await download(id)
    await insert('account_list_users', { account_list_id: LIST, user_id: OTHER_USER })
    expect((await download(id, 'csv', { user: OTHER_USER })).status).toBe(403)
    expect((await download(id, 'csv', { user: USER })).status).toBe(200)
  })

  it('is one, of twelve first downloads at once', async () => {
    const id = await logOf({})
    const all = await Promise.all(Array.from({ length: 12 }, () => download(id)))
    expect(new Set(all.map(({ text }) => text)).size).toBe(1)
    expect(await recordOf(id)).toMatchObject({ rows: 1, claim: null })
  })
})

const claim = (id: string, secondsAgo: number) =>
  insert('export_files', {
    export_log_id: id,
    variant: 'csv',
    claim: 'somebody',
    claimed_at: `${new Date(Date.now() - secondsAgo * 1000).toISOString().slice(0, 19)}Z`,
  })

describe('a claim', () => {
  it('of another request means a file that is not kept', async () => {
    const id = await logOf({})
    await claim(id, 60)
    expect(namesIn((await download(id)).text)).toEqual(['Ann'])
    expect(await env.FILES.head(`exports/${id}.csv`)).toBeNull()
    expect(await recordOf(id)).toMatchObject({ claim: 'somebody', version: null })
  })

  it('expires after two minutes', async () => {
    const id = await logOf({})
    await claim(id, 121)
    await download(id)
    expect(await recordOf(id)).toMatchObject({ claim: null, rows: 1 })
  })
})

it('a large file goes into R2 in parts, and is the same', async () => {
  const long = 'x'.repeat(1_000_000)
  for (let count = 0; count < 13; count += 1)
    await addContact({ name: long, greeting: String(count) })
  const id = await logOf({})
  const { bytes } = await download(id)
  expect(bytes.length).toBeGreaterThan(13_000_000)
  const again = await call(`${EXPORTS}/${id}.csv`)
  expect(again.headers.get('ETag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`)
  expect(createHash('sha256').update(again.bytes).digest('hex')).toBe(
    createHash('sha256').update(bytes).digest('hex'),
  )
})

const madeThings = async () => [
  ...(await env.DB.prepare('SELECT id FROM export_logs').all()).results,
  ...(await env.DB.prepare('SELECT variant FROM export_files').all()).results,
]

describe('a file that is not made yet', () => {
  const date = 'Tue, 24 Nov 2026 05:27:17 GMT'

  it.each<[string, Record<string, string>]>([
    ['a tag', { 'If-Match': '"x"' }],
    ['a list of tags', { 'If-Match': '"x", "y"' }],
    ['what is no tag', { 'If-Match': 'x' }],
    ['no tag at all', { 'If-Match': '' }],
    ['a tag before a date', { 'If-Match': '"x"', 'If-Unmodified-Since': 'yesterday' }],
    ['a date', { 'If-Unmodified-Since': date }],
    ['a date to come', { 'If-Unmodified-Since': 'Sat, 24 Nov 2096 05:27:17 GMT' }],
  ])('is a 412 for a request that names %s, and is not made', async (_, headers) => {
    const id = await logOf({})
    const before = await madeThings()
    for (const method of ['GET', 'HEAD']) {
      for (const path of [`${EXPORTS}/${id}.csv`, `${EXPORTS}/${id}.xlsx`, `${EXPORTS}.csv`]) {
        expect((await call(path, { method, headers })).status).toBe(412)
      }
    }
    expect(await madeThings()).toEqual(before)
  })

  it.each<[string, Record<string, string>]>([
    ['any state', { 'If-Match': '*' }],
    ['any state, before a date', { 'If-Match': '*', 'If-Unmodified-Since': date }],
    ['what is no date', { 'If-Unmodified-Since': 'yesterday' }],
    ['none', { 'If-None-Match': '*' }],
    ['a newer state', { 'If-Modified-Since': date }],
  ])('is made for a request that wants %s', async (_, headers) => {
    const id = await logOf({})
    expect((await call(`${EXPORTS}/${id}.csv`, { headers })).status).toBe(200)
    expect((await call(`${EXPORTS}.csv`, { headers })).status).toBe(200)
  })

  it('is a 412, too, when it must be made again and the request names the kept one', async () => {
    const id = await logOf({})
    await download(id)
    const etag = (await download(id)).headers.get('ETag') ?? ''
    await env.FILES.delete(`exports/${id}.csv`)
    expect((await download(id, 'csv', { headers: { 'If-Match': etag } })).status).toBe(412)
    expect((await download(id)).status).toBe(200)
    expect((await download(id, 'csv', { headers: { 'If-Match': etag } })).status).toBe(200)
  })
})
