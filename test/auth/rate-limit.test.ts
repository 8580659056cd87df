import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { countCall } from '../../src/auth/rate-limit.ts'
import {
  call,
  EXPORTS,
  ORIGIN,
  OTHER_USER,
  post,
  postDocument,
  USER,
  type Call,
} from '../helpers/api.ts'
import { addList, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

const LIMIT = 600

type Name = 'LOG_LIMIT' | 'FILE_LIMIT' | 'READ_LIMIT'

/** Whose limits are spent, by the name of the limit. */
const spent = new Set<string>()
/** How often the limits were asked, and for whom. */
const asked: string[] = []

const limitOf = (name: Name): RateLimit => ({
  limit: async ({ key }) => {
    asked.push(`${name} ${key}`)
    return { success: !spent.has(`${name} ${key}`) }
  },
})

const spend = (...names: readonly Name[]) => names.forEach((name) => spent.add(`${name} ${USER}`))

/** With the limits on, and known. */
const limited: Call = {
  bindings: {
    RATE_LIMITS: 'on',
    LOG_LIMIT: limitOf('LOG_LIMIT'),
    FILE_LIMIT: limitOf('FILE_LIMIT'),
    READ_LIMIT: limitOf('READ_LIMIT'),
  },
}

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST, {}, OTHER_USER)
  id = await logOf({})
  spent.clear()
  asked.length = 0
})

const rowCount = () => env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')

/** How many of one more than the limit come through, where no new minute began meanwhile. */
async function allowed(request: (key: string) => Promise<boolean>, limit = LIMIT): Promise<number> {
  const countOf = async (key: string) => {
    const answers = await Promise.all(Array.from({ length: limit + 1 }, () => request(key)))
    return answers.filter(Boolean).length
  }
  const first = await countOf(newId())
  return first > limit ? countOf(newId()) : first
}

describe('a limit', () => {
  it('on logs is 600 by user and minute: the 601st is refused', async () => {
    const countOf = await allowed(async (user) => {
      const { status } = await postDocument('{', { user, bindings: { RATE_LIMITS: 'on' } })
      return status === 400
    })
    expect(countOf).toBe(LIMIT)
  })

  it('on files is 600 by user and minute', async () => {
    expect(await allowed(async (key) => (await env.FILE_LIMIT.limit({ key })).success)).toBe(LIMIT)
  })

  it('on reading is 1,200 by user and minute', async () => {
    const count = await allowed(
      async (key) => (await env.READ_LIMIT.limit({ key })).success,
      2 * LIMIT,
    )
    expect(count).toBe(2 * LIMIT)
  })

  it('that is spent is a 429 that says when to try again', async () => {
    spend('LOG_LIMIT')
    const before = await rowCount()
    const { status, headers, text } = await post({}, limited)
    expect([status, headers.get('Retry-After')]).toEqual([429, '60'])
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          status: '429',
          title: 'Too Many Requests',
          detail: 'Too many requests. Try again in 60 seconds.',
        },
      ],
    })
    expect(await rowCount()).toBe(before)
  })

  it('that is spent is spent for one user alone', async () => {
    spend('LOG_LIMIT', 'FILE_LIMIT')
    expect((await post({}, limited)).status).toBe(429)
    const other = { ...limited, user: OTHER_USER }
    expect((await post({}, other)).status).toBe(201)
    expect((await call(`${EXPORTS}.csv`, other)).status).toBe(200)
  })

  it('that is spent leaves alone what makes no log and no file', async () => {
    await download(id, 'csv', {})
    spend('LOG_LIMIT', 'FILE_LIMIT')
    const { csv } = JSON.parse((await call(`${EXPORTS}/${id}`, limited)).text).data.links
    const paths: [string, Call, number][] = [
      [`${EXPORTS}/${id}`, {}, 200],
      [EXPORTS, {}, 200],
      [`${EXPORTS}/${id}.csv`, {}, 200],
      [`${EXPORTS}/${id}.csv`, { headers: { Range: 'bytes=0-3' } }, 206],
      [csv.slice(ORIGIN.length), { user: null }, 200],
      [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }, 200],
      [`${EXPORTS}/${id}.xlsx`, { method: 'HEAD' }, 200],
      [`${EXPORTS}.csv`, { method: 'HEAD' }, 200],
      [`${EXPORTS}/${newId()}.csv`, {}, 404],
      [`${EXPORTS}/${id}`, { method: 'DELETE' }, 204],
    ]
    for (const [path, init, expected] of paths) {
      const { status } = await call(path, { ...limited, ...init })
      expect([path, init, status]).toEqual([path, init, expected])
    }
  })

  it('on reading is for lists, previews and files, kept or not', async () => {
    await download(id, 'csv', {})
    const { csv } = JSON.parse((await call(`${EXPORTS}/${id}`, limited)).text).data.links
    spend('READ_LIMIT')
    const paths: [string, Call, number][] = [
      [EXPORTS, {}, 429],
      [`${EXPORTS}?page[size]=1`, { method: 'HEAD' }, 429],
      [`${EXPORTS}/preview`, {}, 429],
      [`${EXPORTS}/${id}.csv`, {}, 429],
      [`${EXPORTS}/${id}.csv`, { headers: { 'If-None-Match': '*' } }, 429],
      [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }, 429],
      [`${EXPORTS}/mailing/${id}.xlsx`, {}, 429],
      [`${EXPORTS}.csv`, { method: 'HEAD' }, 429],
      [csv.slice(ORIGIN.length), { user: null }, 429],
      [`${EXPORTS}/${id}`, {}, 200],
      [`${EXPORTS}/${id}`, { method: 'DELETE' }, 204],
    ]
    for (const [path, init, expected] of paths) {
      const { status, headers } = await call(path, { ...limited, ...init })
      expect([path, init, status]).toEqual([path, init, expected])
      expect(headers.get('Retry-After')).toBe(expected === 429 ? '60' : null)
    }
  })

  it('on files is for those that are made, by token and by link', async () => {
    const { xlsx } = JSON.parse((await call(`${EXPORTS}/${id}`, limited)).text).data.links
    spend('FILE_LIMIT')
    const byLink = { ...limited, user: null, headers: { Accept: 'text/html' } }
    const answers = [
      await call(`${EXPORTS}/${id}.csv`, limited),
      await call(`${EXPORTS}/mailing/${id}.csv`, limited),
      await call(xlsx.slice(ORIGIN.length), byLink),
    ]
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
    expect(answers.map(({ headers }) => headers.get('Retry-After'))).toEqual(['60', '60', '60'])
    expect(answers[2]?.text).toContain('Wait a minute, then open this again.')
    expect(await env.DB.prepare('SELECT * FROM export_files').first()).toBeNull()
    expect((await post({}, limited)).status).toBe(201)
  })

  it.each(['LOG_LIMIT', 'FILE_LIMIT'] as const)(
    '%s that is spent makes no log of a one-shot export either',
    async (name) => {
      spend(name)
      const before = await rowCount()
      expect((await call(`${EXPORTS}.csv`, limited)).status).toBe(429)
      expect((await call(`${EXPORTS}/mailing.xlsx`, limited)).status).toBe(429)
      expect(await rowCount()).toBe(before)
    },
  )
})

const LOG = `LOG_LIMIT ${USER}`
const FILE = `FILE_LIMIT ${USER}`
const READ = `READ_LIMIT ${USER}`

describe('counted is', () => {
  it.each<[string, (call_: Call) => Promise<{ status: number }>, number, string[]]>([
    ['a POST', (call_) => post({}, call_), 201, [LOG]],
    ['a bad POST', (call_) => postDocument('{', call_), 400, [LOG]],
    ['a first file', (call_) => download(id, 'csv', call_), 200, [READ, FILE]],
    ['a list', (call_) => call(EXPORTS, call_), 200, [READ]],
    ['a preview', (call_) => call(`${EXPORTS}/preview`, call_), 200, [READ]],
    ['a look', (call_) => call(`${EXPORTS}.csv`, { ...call_, method: 'HEAD' }), 200, [READ]],
    ['a one-shot', (call_) => call(`${EXPORTS}.csv`, call_), 200, [LOG, FILE]],
    ['a bad one-shot', (call_) => call(`${EXPORTS}.csv?filter=x`, call_), 400, [LOG, FILE]],
    ['no file of nobody', (call_) => download(id, 'csv', { ...call_, user: null }), 401, []],
    [
      'a file of another, as looked for',
      (call_) => download(id, 'csv', { ...call_, user: 'x' }),
      403,
      ['READ_LIMIT x'],
    ],
    ['no document', (call_) => call(`${EXPORTS}/${id}`, call_), 200, []],
  ])('%s', async (_, request, expected, counts) => {
    const { status } = await request(limited)
    expect([status, asked]).toEqual([expected, counts])
  })

  it('as made, a file made anew, but none that is kept', async () => {
    for (let count = 0; count < 3; count += 1) await download(id, 'csv', limited)
    expect(asked).toEqual([READ, FILE, READ, READ])
    await env.FILES.delete(`exports/${id}.csv`)
    await download(id, 'csv', limited)
    expect(asked.filter((one) => one === FILE)).toHaveLength(2)
  })
})

describe('RATE_LIMITS', () => {
  it('counts nothing when it is off', async () => {
    await post({}, { bindings: { ...limited.bindings, RATE_LIMITS: 'off' } })
    expect(asked).toEqual([])
  })

  it.each(['', 'on', 'OFF', 'false', '0'])('is on when it is %j', async (setting) => {
    await post({}, { bindings: { ...limited.bindings, RATE_LIMITS: setting } })
    expect(asked).toEqual([LOG])
  })

  it('is on when it is not there', async () => {
    const { RATE_LIMITS: _, ...unset } = { ...env, ...limited.bindings }
    await countCall(unset, 'LOG_LIMIT', USER)
    expect(asked).toEqual([LOG])
  })
})

describe('of two faults the error names the one that', () => {
  const plain = { 'Content-Type': 'text/plain' }
  const large = 'x'.repeat(1024 * 1024 + 1)

  it.each<[string, number, () => Promise<{ status: number }>]>([
    ['is 405, not 429', 405, () => call(EXPORTS, { ...limited, method: 'PUT' })],
    [
      'is 401, not 429',
      401,
      () => post({}, { ...limited, headers: { Authorization: 'Bearer x' } }),
    ],
    ['is 429, not 406', 429, () => post({}, { ...limited, headers: { Accept: 'image/png' } })],
    ['is 429, not 415', 429, () => postDocument('{}', { ...limited, headers: plain })],
    ['is 429, not 413', 429, () => postDocument(large, limited)],
    ['is 429, not 400', 429, () => postDocument('{', limited)],
    ['is 429, not 400 of the query', 429, () => call(`${EXPORTS}.csv?bom=x&filter=x`, limited)],
    ['is 400 of a file’s id, not 429', 400, () => call(`${EXPORTS}/abc.csv`, limited)],
  ])('%s', async (_, expected, request) => {
    spend('LOG_LIMIT', 'FILE_LIMIT')
    expect((await request()).status).toBe(expected)
  })
})
