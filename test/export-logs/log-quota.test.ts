import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, OTHER_USER, post, USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
})

const logs = async () => env.DB.prepare('SELECT count(*) AS logs FROM export_logs').first('logs')

const detailOf = (text: string): string => JSON.parse(text).errors[0].detail

describe('LOG_QUOTA', () => {
  const quota = { bindings: { LOG_QUOTA: '3' } }

  it('limits how many logs a user may have, of every kind and by every route', async () => {
    await logOf({}, quota)
    await logOf({}, { ...quota, path: MAILING })
    expect((await call(`${EXPORTS}.csv`, quota)).status).toBe(200)
    for (const { status, headers, text } of [
      await post({}, quota),
      await post({}, { ...quota, path: MAILING }),
      await call(`${EXPORTS}.csv`, quota),
      await call(`${EXPORTS}/mailing.xlsx`, quota),
    ]) {
      expect([status, headers.get('Retry-After')]).toEqual([429, '86400'])
      expect(detailOf(text)).toContain('You have 3 exports, and the limit is 3. Delete some')
    }
    expect(await logs()).toBe(3)
  })

  it('advises to wait when logs expire', async () => {
    await logOf({})
    const bindings = { LOG_QUOTA: 1, LOG_RETENTION_DAYS: '90' }
    const { text } = await post({}, { bindings })
    expect(detailOf(text)).toContain('Delete some, or wait: exports are removed after 90 days.')
  })

  it('does not affect other users, and allows a new log when one is deleted', async () => {
    const ids = [await logOf({}), await logOf({}), await logOf({})]
    expect((await post({}, quota)).status).toBe(429)
    expect((await post({}, { ...quota, user: OTHER_USER })).status).toBe(201)
    expect((await call(`${EXPORTS}/${ids[0]}`, { ...quota, method: 'DELETE' })).status).toBe(204)
    expect((await post({}, quota)).status).toBe(201)
    expect((await post({}, quota)).status).toBe(429)
  })

  it('counts logs that other programs write', async () => {
    await insert('export_logs', ...[1, 2, 3].map(() => ({ id: newId(), user_id: USER })))
    expect((await post({}, quota)).status).toBe(429)
  })

  it('is not exceeded by concurrent requests', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => post({}, quota)))
    expect(all.filter(({ status }) => status === 201).length).toBe(3)
    expect(await logs()).toBe(3)
  })

  it('allows reading: a HEAD, the list, a preview, a file', async () => {
    const id = await logOf({})
    const full = { bindings: { LOG_QUOTA: 1 } }
    for (const path of ['', '/preview', `/${id}`, `/${id}.csv`]) {
      expect((await call(`${EXPORTS}${path}`, full)).status).toBe(200)
    }
    expect((await call(`${EXPORTS}.csv`, { ...full, method: 'HEAD' })).status).toBe(200)
  })

  it('is explained to a person without the advice to wait a minute', async () => {
    await logOf({})
    const headers = { Accept: 'text/html' }
    const { status, text } = await call(`${EXPORTS}.csv`, { headers, bindings: { LOG_QUOTA: 1 } })
    expect(status).toBe(429)
    expect(text).toContain('Delete some')
    expect(text).not.toContain('Wait a minute')
  })
})

it('the 20,001st log is refused without any setting, at the cost of a few rows', async () => {
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
     INSERT INTO export_logs (id, user_id, type, params)
     SELECT printf('00000000-0000-4000-9000-%012d', i), ?, 'Contacts', '{}' FROM n`,
  )
    .bind(USER)
    .run()
  expect((await post({})).status).toBe(201)
  const { status, text } = await post({})
  expect(status).toBe(429)
  expect(detailOf(text)).toContain('You have 20000 exports, and the limit is 20000')
  const { meta } = await env.DB.prepare('SELECT sum(logs) FROM export_log_usage WHERE user_id = ?')
    .bind(USER)
    .run()
  expect(meta.rows_read).toBe(1)
})

const quotaOf = (LOG_QUOTA_BYTES: number) => ({ bindings: { LOG_QUOTA_BYTES } })

describe('LOG_QUOTA_BYTES', () => {
  it('limits how many bytes of params a user’s logs may have', async () => {
    const filter = { timezone: 'x'.repeat(1000) }
    const bytes = JSON.stringify({ filter }).length
    expect((await post({ filter }, quotaOf(bytes - 1))).status).toBe(429)
    expect((await post({ filter }, quotaOf(bytes))).status).toBe(201)
    expect((await post({ filter }, quotaOf(2 * bytes - 1))).status).toBe(429)
    const { status, text } = await call(`${EXPORTS}.csv?filter={}`, quotaOf(bytes))
    expect(status).toBe(429)
    expect(detailOf(text)).toContain(`use ${bytes} of ${bytes} bytes`)
    expect((await post({ filter }, quotaOf(2 * bytes))).status).toBe(201)
  })

  it('counts bytes, not characters', async () => {
    const filter = { tags: '€'.repeat(100) }
    expect((await post({ filter }, { bindings: { LOG_QUOTA_BYTES: 300 } })).status).toBe(429)
  })
})
