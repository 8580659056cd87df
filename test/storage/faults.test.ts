import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.ts'
import { call, EXPORTS, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { brokenBucket, spyOnDatabase } from '../helpers/faults.ts'
import { faultyBindings } from '../helpers/faulty-bindings.ts'
import { download, logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  log.mockClear()
})

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

const recordOf = (id: string) =>
  env.DB.prepare('SELECT claim, version FROM export_files WHERE export_log_id = ?').bind(id).first()

const uploads = async () => (await env.DB.prepare('SELECT * FROM export_uploads').all()).results

const addLargeContacts = async () => {
  for (let count = 0; count < 7; count += 1) await addContact({ name: 'x'.repeat(1_000_000) })
}

describe('a fault of R2', () => {
  it.each([
    ['put', 'small'],
    ['createMultipartUpload', 'large'],
    ['uploadPart', 'large'],
    ['complete', 'large'],
  ] as const)('at %s of a %s file means that it is not kept', async (broken, size) => {
    await (size === 'large' ? addLargeContacts() : addContact({ name: 'Ann' }))
    const id = await logOf({})
    const whole = (await download(await logOf({}))).text
    const { text, status } = await download(id, 'csv', {
      bindings: { FILES: brokenBucket(broken) },
    })
    expect(status).toBe(200)
    expect(text === whole).toBe(true)
    expect(await env.FILES.head(`exports/${id}.csv`)).toBeNull()
    expect(await recordOf(id)).toBeNull()
    expect(await uploads()).toEqual([])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"file_not_kept"'))
    await download(id)
    expect(await recordOf(id)).toMatchObject({ version: expect.any(String) })
    expect(await uploads()).toEqual([])
  })

  it('when a kept file is read means that one is made, and the kept one stays', async () => {
    await addContact({ name: 'Ann' })
    const id = await logOf({})
    const { text } = await download(id)
    const [record, object] = [await recordOf(id), await env.FILES.head(`exports/${id}.csv`)]
    await env.DB.prepare(`UPDATE contacts SET name = 'Bea'`).run()
    const anew = await download(id, 'csv', { bindings: { FILES: brokenBucket('get') } })
    expect([anew.status, anew.headers.get('ETag')]).toEqual([200, null])
    expect(anew.text).toBe(text.replaceAll('Ann', 'Bea'))
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"kept_file_unreadable"'))
    expect(await recordOf(id)).toEqual(record)
    expect(await env.FILES.head(`exports/${id}.csv`)).toEqual(object)
    expect((await download(id)).text).toBe(text)
  })

  it.each(['GET', 'HEAD'])(
    'that is gone at the next call is not seen by a %s of a kept file',
    async (method) => {
      await addContact({ name: 'Ann' })
      const id = await logOf({})
      await download(id)
      const { headers } = await download(id, 'csv', { method })
      for (let number = 1; number <= 2; number += 1) {
        const { FILES, DB } = faultyBindings('fails for a moment', number)
        const again = await download(id, 'csv', { method, bindings: { FILES, DB } })
        expect(again.headers.get('ETag')).toBe(headers.get('ETag'))
      }
      expect(log).not.toHaveBeenCalled()
    },
  )
})

it('a transient fault of D1 does not affect a request for a log', async () => {
  const id = await logOf({})
  const paths = [`${EXPORTS}/${id}`, EXPORTS, `${EXPORTS}/preview`, '/health']
  for (const path of paths) {
    const { DB } = faultyBindings('fails for a moment', 1)
    expect([path, (await call(path, { bindings: { DB } })).status]).toEqual([path, 200])
  }
})

it('a D1 that stays unavailable is a 503 that says when to try again', async () => {
  const id = await logOf({})
  const { database } = spyOnDatabase(() => new Error('D1_ERROR: D1 DB is overloaded.'))
  const { status, headers, text } = await call(`${EXPORTS}/${id}`, { bindings: { DB: database } })
  expect([status, headers.get('Retry-After')]).toEqual([503, '10'])
  expect(text).toContain('The database is not available.')
  expect(log).toHaveBeenCalledWith(expect.stringContaining('"unavailable"'))
})

describe.each(['csv', 'xlsx'] as const)('a fault of D1 while a %s file is made', (format) => {
  it('breaks the transfer, keeps nothing and leaves the next download right', async () => {
    await addContact({ name: 'Ann' })
    const id = await logOf({})
    const { database } = spyOnDatabase((sql) =>
      sql.includes('"people"') ? new Error('D1 is away: Ann') : undefined,
    )
    await expect(download(id, format, { bindings: { DB: database } })).rejects.toThrow(
      'The export failed',
    )
    expect(await env.FILES.head(`exports/${id}.${format}`)).toBeNull()
    expect(await recordOf(id)).toBeNull()
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"export_failed"'))
    expect((await download(id, format)).status).toBe(200)
  })
})

it('a file whose client goes away is kept all the same', async () => {
  await addLargeContacts()
  const id = await logOf({})
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.csv?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), env, context)
  const reader = body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
  await waitOnExecutionContext(context)
  expect(await recordOf(id)).toMatchObject({ claim: null, version: expect.any(String) })
  expect((await download(id)).bytes.length).toBeGreaterThan(7_000_000)
})
