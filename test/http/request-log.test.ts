import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.ts'
import {
  call,
  EXPORTS,
  ORIGIN,
  OTHER_USER,
  post,
  tokenFor,
  USER,
  type Call,
} from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { download, logOf } from '../helpers/files.ts'

const lines: string[] = []
const note = (line: unknown) => lines.push(String(line))
vi.spyOn(console, 'log').mockImplementation(note)
vi.spyOn(console, 'error').mockImplementation(note)

type Line = Readonly<Record<string, unknown>>

const told = (): Line[] => lines.map((line): Line => JSON.parse(line))

/** What the log says of requests since it was looked at last. */
const requests = (): Line[] => {
  const found = told().filter(({ event }) => event === 'request')
  lines.length = 0
  return found
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  id = await logOf({})
  lines.length = 0
})

/** Follows a link, without a token. */
const link = (url: string, init: Call = {}) =>
  call(url.slice(ORIGIN.length), { user: null, ...init })

/** Begins to read a file, and goes away. */
async function leave(readFirst: boolean) {
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.csv?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), env, context)
  const reader = body?.getReader()
  if (readFirst) await reader?.read()
  else void reader?.read()
  await reader?.cancel()
  await waitOnExecutionContext(context)
}

describe('each request is one line of the log', () => {
  const file = `${EXPORTS}/:file{[^/]+\\.(?:csv|xlsx|pdf)}`
  const html = { headers: { Accept: 'text/html' } }
  const preflight = {
    method: 'OPTIONS',
    user: null,
    bindings: { ALLOWED_ORIGINS: '*' },
    headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' },
  }

  it.each<[string, () => Parameters<typeof call>, object]>([
    ['a log', () => [`${EXPORTS}/${id}`], { route: `${EXPORTS}/:id`, status: 200, user_id: USER }],
    ['a HEAD of a log', () => [`${EXPORTS}/${id}`, { method: 'HEAD' }], { status: 200, bytes: 0 }],
    ['the list', () => [EXPORTS], { route: EXPORTS, status: 200, user_id: USER }],
    ['a new file', () => [`${EXPORTS}/${id}.csv`], { route: file, status: 200, user_id: USER }],
    ['a HEAD of a new file', () => [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }], { bytes: 0 }],
    ['a one-shot', () => [`${EXPORTS}.xlsx`], { route: `${EXPORTS}.xlsx`, user_id: USER }],
    ['a deletion', () => [`${EXPORTS}/${id}`, { method: 'DELETE' }], { status: 204, bytes: 0 }],
    ['a path that is not there', () => ['/nowhere'], { route: '/*', status: 404 }],
    ['a wrong method', () => [EXPORTS, { method: 'PUT' }], { method: 'PUT', status: 405 }],
    [
      'nobody',
      () => [`${EXPORTS}/${id}`, { user: null }],
      { route: `${EXPORTS}/:id`, status: 401 },
    ],
    [
      'somebody else',
      () => [`${EXPORTS}/${id}`, { user: OTHER_USER }],
      { status: 403, user_id: OTHER_USER },
    ],
    ['a page for people', () => [`${EXPORTS}/${newId()}.csv`, html], { route: file, status: 404 }],
    [
      'a HEAD of that page',
      () => [`${EXPORTS}/${newId()}.csv`, { method: 'HEAD', ...html }],
      { method: 'HEAD', status: 404, bytes: 0 },
    ],
    ['the health', () => ['/health'], { route: '/health', status: 200 }],
    ['a HEAD of the health', () => ['/health', { method: 'HEAD' }], { status: 200, bytes: 0 }],
    ['a preflight', () => [EXPORTS, preflight], { method: 'OPTIONS', status: 204, bytes: 0 }],
  ])('%s', async (_, request, expected) => {
    const { status, bytes } = await call(...request())
    const [line, ...others] = requests()
    expect(others).toEqual([])
    expect(line).toMatchObject(expected)
    expect(line).toMatchObject({
      status,
      bytes: bytes.length,
      request_id: expect.stringMatching(UUID),
    })
    for (const figure of ['ms', 'd1_queries', 'd1_rows_read']) {
      expect(line?.[figure]).toEqual(expect.any(Number))
    }
    expect(line).not.toHaveProperty('interrupted')
  })
})

describe('the line of a request', () => {
  it('has the id that Cloudflare gave it, and takes nothing else for one', async () => {
    const ray = '8a1b2c3d4e5f6071-FRA'
    await call(EXPORTS, { headers: { 'CF-Ray': ray } })
    await call(EXPORTS, { headers: { 'CF-Ray': 'John Smith' } })
    expect(requests().map((line) => line['request_id'])).toEqual([ray, expect.stringMatching(UUID)])
  })

  it('counts what it cost D1, to the last page of a file', async () => {
    await call(EXPORTS, { user: null })
    await call(`${EXPORTS}/${id}`)
    await download(id)
    const [refused, document, file] = requests()
    expect(refused).toMatchObject({ d1_queries: 0, d1_rows_read: 0 })
    expect(document).toMatchObject({ d1_queries: 1, d1_rows_read: expect.any(Number) })
    expect(Number(file?.['d1_queries'])).toBeGreaterThan(5)
    expect(Number(file?.['d1_rows_read'])).toBeGreaterThan(5)
  })

  it('says who had which file, by token and by link, new and kept, whole and in part', async () => {
    const { csv, xlsx } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links
    await download(id)
    await link(csv)
    await link(csv, { headers: { Range: 'bytes=0-9' } })
    await link(xlsx)
    await download(id, 'csv', { user: OTHER_USER })
    await call(`${EXPORTS}/mailing/${id}.csv?bom=true`)
    const [, ...files] = requests().map(({ status, bytes, user_id, file }) => ({
      status,
      bytes,
      user_id,
      file,
    }))
    const whole = expect.any(Number)
    expect(files).toEqual([
      { status: 200, bytes: whole, user_id: USER, file: `exports/${id}.csv` },
      { status: 200, bytes: whole, user_id: USER, file: `exports/${id}.csv` },
      { status: 206, bytes: 10, user_id: USER, file: `exports/${id}.csv` },
      { status: 200, bytes: whole, user_id: USER, file: `exports/${id}.xlsx` },
      { status: 403, bytes: whole, user_id: OTHER_USER, file: undefined },
      { status: 200, bytes: whole, user_id: USER, file: `exports/${id}.mailing.bom.csv` },
    ])
    expect(files[0]?.bytes).toBe(files[1]?.bytes)
  })

  it('names no user for a changed link', async () => {
    const { csv } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links
    lines.length = 0
    const { status } = await call(csv.slice(ORIGIN.length, -1), { user: null })
    const [line] = requests()
    expect([status, line?.['status'], line?.['user_id']]).toEqual([403, 403, undefined])
  })
})

describe('a transfer that is broken off', () => {
  it.each([true, false])(
    'by the client is one line that says so (after the first bytes: %s)',
    async (readFirst) => {
      for (let count = 0; count < 7; count += 1) await addContact({ name: 'x'.repeat(1_000_000) })
      await leave(readFirst)
      expect(requests()).toEqual([
        expect.objectContaining({ status: 200, interrupted: true, file: `exports/${id}.csv` }),
      ])
    },
  )

  it('by the client, of a kept file, is one line that says so', async () => {
    for (let count = 0; count < 7; count += 1) await addContact({ name: 'x'.repeat(1_000_000) })
    await download(id)
    lines.length = 0
    await leave(true)
    expect(requests()).toEqual([
      expect.objectContaining({ status: 200, interrupted: true, file: `exports/${id}.csv` }),
    ])
  })

  it('by a fault of ours is one line, beside those that tell the fault', async () => {
    const { database } = spyOnDatabase((sql) =>
      sql.includes('"people"') ? new Error('D1 is away') : undefined,
    )
    await expect(download(id, 'csv', { bindings: { DB: database } })).rejects.toThrow(
      'The export failed',
    )
    expect(told()).toEqual([
      expect.objectContaining({ event: 'first_contacts_not_read', error: 'D1 is away' }),
      expect.objectContaining({ event: 'cards_not_made', error: 'D1 is away' }),
      expect.objectContaining({ event: 'export_failed', error: 'D1 is away', id, source: 'made' }),
      expect.objectContaining({ event: 'request', status: 200, interrupted: true, user_id: USER }),
    ])
  })
})

describe('a fault of ours', () => {
  it('is logged with its cause and stack under the id that the caller gets, and the caller gets only the id', async () => {
    const fault = new Error('Failed query: select secret', { cause: new Error('D1 is away') })
    const { database } = spyOnDatabase((sql) => (sql.includes('export_logs') ? fault : undefined))
    const { status, text } = await call(`${EXPORTS}/${id}`, { bindings: { DB: database } })
    const [failure, request] = told()
    const requestId = request?.['request_id']
    expect(failure).toEqual({
      event: 'request_failed',
      request_id: requestId,
      error: 'D1 is away',
      stack: expect.stringMatching(/^Error: D1 is away\n +at /),
    })
    expect(request).toMatchObject({ event: 'request', status: 500, user_id: USER })
    expect(status).toBe(500)
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          status: '500',
          title: 'Internal Server Error',
          detail: `Something went wrong on our side. Request ${String(requestId)} is in our log.`,
        },
      ],
    })
  })

  it('before anything is known has its id and its headers all the same', async () => {
    const away = new Error('There is no such binding.')
    const { database } = spyOnDatabase()
    const broken = Object.assign(database, {
      withSession: () => {
        throw away
      },
    })
    const { status, headers, text } = await call(EXPORTS, { bindings: { DB: broken } })
    const [failure] = told()
    expect(failure).toMatchObject({ event: 'request_failed', error: away.message })
    expect(status).toBe(500)
    expect(text).toContain(`Request ${String(failure?.['request_id'])} is in our log`)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('is no fault where the caller is to blame: that is not told as one', async () => {
    await post({ filter: { status: { x: 1 } } })
    await call('/nowhere')
    expect(told().map(({ event }) => event)).toEqual(['request', 'request'])
  })
})
