import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.ts'
import type { Env } from '../../src/env.ts'
import { call, EXPORTS, ORIGIN, OTHER_USER, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

const MOST = 4

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST, {}, OTHER_USER)
  for (let count = 0; count < 3; count += 1) await addContact({ name: `Ann ${count}` })
  log.mockClear()
})

const limited = { RATE_LIMITS: 'on' }

/** Asks for a file, and reads nothing of it yet. */
async function begin(path: string, user = USER, bindings: Partial<Env> = limited) {
  const context = createExecutionContext()
  const headers = { Authorization: `Bearer ${await tokenFor(user)}` }
  const request = new Request(`${ORIGIN}${EXPORTS}${path}`, { headers })
  const response = await app.fetch(request, { ...env, ...bindings }, context)
  return {
    status: response.status,
    headers: response.headers,
    text: async () => {
      const text = await response.text()
      await waitOnExecutionContext(context)
      return text
    },
    leave: async () => {
      await response.body?.cancel()
      await waitOnExecutionContext(context)
    },
    readFirst: async () => {
      const reader = response.body?.getReader()
      await reader?.read()
      reader?.releaseLock()
    },
  }
}

const logs = (count: number) => Promise.all(Array.from({ length: count }, () => logOf({})))

const beginAll = (paths: readonly string[], user = USER, bindings: Partial<Env> = limited) =>
  Promise.all(paths.map((path) => begin(path, user, bindings)))

const productions = async () =>
  (await env.DB.prepare('SELECT * FROM export_productions').all()).results

const logCount = () => env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')

/** Lets one of the productions have given its last sign of life so long ago. */
const letOneBe = (seconds: number) =>
  env.DB.prepare(
    `UPDATE export_productions SET renewed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)
     WHERE id = (SELECT min(id) FROM export_productions)`,
  )
    .bind(`-${seconds} seconds`)
    .run()

const addLargeContacts = async () => {
  for (let count = 0; count < 7; count += 1) await addContact({ name: 'x'.repeat(1_000_000) })
}

const sorted = (statuses: readonly number[]) => statuses.toSorted((a, b) => a - b)

describe('of six files requested at once', () => {
  it('four are made, of any logs and formats, and two are refused until one has ended', async () => {
    const ids = await logs(3)
    const paths = ids.flatMap((id) => [`/${id}.csv`, `/mailing/${id}.xlsx`])
    const files = await beginAll(paths)
    expect(sorted(files.map(({ status }) => status))).toEqual([200, 200, 200, 200, 429, 429])
    const refused = files.filter(({ status }) => status === 429)
    for (const { headers, text } of refused) {
      expect(headers.get('Retry-After')).toBe('10')
      expect(JSON.parse(await text()).errors).toEqual([
        {
          status: '429',
          title: 'Too Many Requests',
          detail: expect.stringContaining('4 of your files are being made'),
        },
      ])
    }
    expect(await productions()).toHaveLength(MOST)
    const [first, ...others] = files.filter(({ status }) => status === 200)
    await first?.text()
    expect(await productions()).toHaveLength(MOST - 1)
    const again = await begin(`/${await logOf({})}.csv`)
    expect(again.status).toBe(200)
    for (const file of [again, ...others]) await file.text()
    expect(await productions()).toEqual([])
  })

  it('four are made of one file, and one is kept', async () => {
    const id = await logOf({})
    const files = await beginAll(Array.from({ length: 6 }, () => `/${id}.csv`))
    expect(sorted(files.map(({ status }) => status))).toEqual([200, 200, 200, 200, 429, 429])
    const texts = await Promise.all(
      files.filter(({ status }) => status === 200).map(({ text }) => text()),
    )
    expect(new Set(texts).size).toBe(1)
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
    expect(await productions()).toEqual([])
  })

  it('all are made when limits are off', async () => {
    const files = await beginAll(
      (await logs(6)).map((id) => `/${id}.csv`),
      USER,
      { RATE_LIMITS: 'off' },
    )
    expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    for (const { text } of files) await text()
    expect(await productions()).toEqual([])
  })
})

const addProductions = (kind: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      insert('export_productions', { id: crypto.randomUUID(), user_id: USER, kind }),
    ),
  )

describe('a user who has four previews under way', () => {
  it('is refused another one, and may export', async () => {
    await addProductions('preview', MOST)
    const refused = await begin('/preview')
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '2'])
    expect((await begin('/preview', OTHER_USER)).status).toBe(200)
    expect((await begin('/preview', USER, { RATE_LIMITS: 'off' })).status).toBe(200)
    expect((await begin('.csv')).status).toBe(200)
  })

  it('is given another one when one has ended', async () => {
    await addProductions('preview', MOST - 1)
    for (let count = 0; count < 2; count += 1) {
      const preview = await begin('/preview')
      expect(preview.status).toBe(200)
      await preview.text()
    }
    expect(await productions()).toHaveLength(MOST - 1)
  })
})

describe('a user who has four files under way', () => {
  let files: Awaited<ReturnType<typeof beginAll>> = []
  let keptId = ''

  beforeEach(async () => {
    keptId = await logOf({})
    await download(keptId)
    files = await beginAll((await logs(MOST)).map((id) => `/${id}.csv`))
    return async () => {
      for (const { leave } of files) await leave().catch(() => undefined)
    }
  })

  it('has kept files, and looks, all the same', async () => {
    const bindings = limited
    const id = await logOf({})
    const paths: [string, RequestInit][] = [
      [`${EXPORTS}/${keptId}.csv`, {}],
      [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }],
      [`${EXPORTS}.csv`, { method: 'HEAD' }],
      [`${EXPORTS}/preview`, {}],
      [EXPORTS, {}],
    ]
    for (const [path, init] of paths) {
      expect([path, (await call(path, { ...init, bindings })).status]).toEqual([path, 200])
    }
    expect(await productions()).toHaveLength(MOST)
  })

  it('does not keep another user from theirs', async () => {
    const id = await logOf({}, { user: OTHER_USER })
    expect((await download(id, 'csv', { user: OTHER_USER, bindings: limited })).status).toBe(200)
  })

  it('makes no log by a one-shot export that is refused', async () => {
    const before = await logCount()
    expect((await call(`${EXPORTS}.csv`, { bindings: limited })).status).toBe(429)
    expect(await logCount()).toBe(before)
  })

  it('is refused before contacts are read', async () => {
    const id = await logOf({})
    await env.DB.exec('DELETE FROM contact_cards')
    expect((await download(id, 'csv', { bindings: limited })).status).toBe(429)
    const cards = env.DB.prepare('SELECT count(*) AS cards FROM contact_cards')
    expect(await cards.first('cards')).toBe(0)
  })

  it('is refused before anything is claimed', async () => {
    const id = await logOf({})
    expect((await download(id, 'csv', { bindings: limited })).status).toBe(429)
    const claim = env.DB.prepare('SELECT * FROM export_files WHERE export_log_id = ?').bind(id)
    expect(await claim.first()).toBeNull()
  })

  it('may have another one when a client has gone away and its file is finished', async () => {
    await files[0]?.leave()
    expect(await productions()).toHaveLength(MOST - 1)
    expect((await download(await logOf({}), 'csv', { bindings: limited })).status).toBe(200)
  })

  it('may have another one when one has died, two minutes later', async () => {
    const id = await logOf({})
    await letOneBe(110)
    expect((await download(id, 'csv', { bindings: limited })).status).toBe(429)
    await letOneBe(121)
    expect((await download(id, 'csv', { bindings: limited })).status).toBe(200)
    expect(await productions()).toHaveLength(MOST - 1)
  })
})

describe('a file under way ends', () => {
  it.each([
    ['when it breaks', 'D1 is away'],
    ['when D1 stays unavailable', 'D1_ERROR: Network connection lost.'],
  ])('%s', async (_, message) => {
    const id = await logOf({})
    const broken = failingAt(/"people"/, message)
    await expect(download(id, 'csv', { bindings: { ...limited, DB: broken } })).rejects.toThrow(
      'The export failed',
    )
    expect(await productions()).toEqual([])
  })

  it.each([
    ['before its first byte, of a file that is kept', true, false],
    ['before its first byte, of a file that is not', false, false],
    ['after it, of a file that is kept', true, true],
    ['after it, of a file that is not', false, true],
  ])('when its client goes away %s', async (_, isKept, readsFirst) => {
    await addLargeContacts()
    const id = await logOf({})
    const other = isKept ? undefined : await begin(`/${id}.csv`)
    const file = await begin(`/${id}.csv`)
    if (readsFirst) await file.readFirst()
    await file.leave()
    expect(await productions()).toHaveLength(isKept ? 0 : 1)
    await other?.text()
    expect(await productions()).toEqual([])
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
  })

  it('as a transfer that is whole, though D1 does not note its end', async () => {
    const id = await logOf({})
    const other = await begin(`/${id}.csv`)
    const broken = failingAt(/^delete from "export_productions" where \(.*"id"/, 'D1 is away')
    const { status, text } = await download(id, 'csv', { bindings: { ...limited, DB: broken } })
    expect([status, text]).toEqual([200, await other.text()])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"production_not_ended"'))
    expect(await productions()).toHaveLength(1)
  })
})

describe('a transfer whose client does not read on', () => {
  it('counts as long as it is open: its production is renewed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const file = await begin(`/${await logOf({})}.csv`)
    await file.readFirst()
    const before = '2022-01-12T17:18:07Z'
    await env.DB.prepare('UPDATE export_productions SET renewed_at = ?').bind(before).run()
    await vi.advanceTimersByTimeAsync(46_000)
    vi.useRealTimers()
    await vi.waitFor(async () => {
      const [production] = await productions()
      expect(production?.['renewed_at']).not.toBe(before)
    })
    await file.leave()
    expect(await productions()).toEqual([])
  })
})

/** The database, of which the calls of a statement fail. */
function failingAt(pattern: RegExp, message: string): D1Database {
  const failing = (statement: D1PreparedStatement, sql: string): D1PreparedStatement =>
    pattern.test(sql)
      ? new Proxy(statement, {
          get(target, name) {
            if (name === 'bind')
              return (...values: unknown[]) => failing(target.bind(...values), sql)
            if (name === 'all' || name === 'run') return () => Promise.reject(new Error(message))
            const member: unknown = Reflect.get(target, name, target)
            return typeof member === 'function' ? member.bind(target) : member
          },
        })
      : statement
  return new Proxy(env.DB, {
    get(database, name) {
      if (name === 'withSession') {
        return (constraint: string) => {
          const session = database.withSession(constraint)
          return {
            prepare: (sql: string) => failing(session.prepare(sql), sql),
            batch: (all: D1PreparedStatement[]) => session.batch(all),
            getBookmark: () => session.getBookmark(),
          }
        }
      }
      const member: unknown = Reflect.get(database, name, database)
      return typeof member === 'function' ? member.bind(database) : member
    },
  })
}
