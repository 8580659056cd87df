import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, MAILING, postDocument, type Call } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

const APP = 'https://app.example'
const SECOND = 'http://localhost:8080'
const OTHER = 'https://other.example'
const ALLOWED_ORIGINS = `${APP}, ${SECOND}`

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  id = await logOf({})
})

const from = (
  origin: string,
  { headers, ...rest }: Call = {},
  allowed = ALLOWED_ORIGINS,
): Call => ({
  headers: { Origin: origin, ...Object.fromEntries(new Headers(headers)) },
  bindings: { ALLOWED_ORIGINS: allowed },
  ...rest,
})

const preflight = (origin: string, method = 'GET', allowed = ALLOWED_ORIGINS): Call =>
  from(
    origin,
    {
      method: 'OPTIONS',
      user: null,
      headers: {
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    },
    allowed,
  )

const accessHeaders = (headers: Headers) =>
  [...headers].filter(([name]) => name.startsWith('access-control-'))

const words = (list: string | null) =>
  (list ?? '').split(',').map((word) => word.trim().toLowerCase())

const EXPOSED = [
  'content-disposition',
  'content-length',
  'content-range',
  'accept-ranges',
  'etag',
  'link',
  'location',
  'repr-digest',
  'retry-after',
]

/** Every kind of answer: its path, what the call changes, its status. */
const answers: readonly [string, () => [string, Call?], number][] = [
  ['a log', () => [`${EXPORTS}/${id}`], 200],
  ['a list', () => [EXPORTS], 200],
  ['a new file', () => [`${EXPORTS}/${id}.csv`], 200],
  ['a one-shot', () => [`${MAILING}.xlsx`], 200],
  ['a HEAD', () => [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }], 200],
  ['a deletion', () => [`${EXPORTS}/${id}`, { method: 'DELETE' }], 204],
  ['a bad id', () => [`${EXPORTS}/abc`], 400],
  ['a caller who is nobody', () => [EXPORTS, { user: null }], 401],
  ['a bent link', () => [`${EXPORTS}/${id}.csv?signature=x`, { user: null }], 403],
  ['a path that is not there', () => ['/nowhere'], 404],
  ['a file that is not there', () => [`${EXPORTS}/${newId()}.csv`], 404],
  ['a method that is not there', () => [EXPORTS, { method: 'PUT' }], 405],
  ['a form that nobody has', () => [EXPORTS, { headers: { Accept: 'image/png' } }], 406],
  ['a body of no type', () => [EXPORTS, { method: 'POST' }], 415],
]

describe.each([APP, SECOND])('the page of an allowed origin, %s,', (origin) => {
  it.each(answers)('may read %s', async (_, request, expected) => {
    const [path, init] = request()
    const { status, headers } = await call(path, from(origin, init))
    expect(status).toBe(expected)
    expect(headers.get('Access-Control-Allow-Origin')).toBe(origin)
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(words(headers.get('Access-Control-Expose-Headers')).toSorted()).toEqual(
      EXPOSED.toSorted(),
    )
    expect(words(headers.get('Vary')).filter((name) => name === 'origin')).toHaveLength(1)
  })

  it.each(['GET', 'HEAD', 'POST', 'DELETE'])(
    'may send a %s, without a token in its preflight',
    async (method) => {
      for (const path of [
        EXPORTS,
        `${EXPORTS}/${id}.csv?access_token=x`,
        MAILING,
        `${MAILING}.csv`,
      ]) {
        const { status, headers, text } = await call(path, preflight(origin, method))
        expect([status, text]).toEqual([204, ''])
        expect(headers.get('Access-Control-Allow-Origin')).toBe(origin)
        expect(words(headers.get('Access-Control-Allow-Methods'))).toContain(method.toLowerCase())
        expect(words(headers.get('Access-Control-Allow-Headers'))).toEqual(
          expect.arrayContaining([
            'authorization',
            'content-type',
            'range',
            'if-none-match',
            'if-range',
          ]),
        )
        expect(headers.get('Access-Control-Max-Age')).toBe('86400')
        expect(words(headers.get('Vary'))).toContain('origin')
      }
    },
  )
})

describe('the page of another origin', () => {
  it.each(answers)('may not read %s', async (_, request, expected) => {
    const [path, init] = request()
    const { status, headers } = await call(path, from(OTHER, init))
    expect(status).toBe(expected)
    expect(accessHeaders(headers)).toEqual([])
    expect(words(headers.get('Vary'))).toContain('origin')
  })

  it.each([
    OTHER,
    'null',
    'https://app.example.evil.example',
    'https://app.example:8443',
    'http://app.example',
    'https://APP.example',
    'https://sub.app.example',
    `${APP}/`,
    'app.example',
    `${APP}, ${SECOND}`,
    '*',
    '',
  ])('of %j has its preflight refused', async (origin) => {
    const { status, headers } = await call(EXPORTS, preflight(origin, 'POST'))
    expect(status).toBe(405)
    expect(accessHeaders(headers)).toEqual([])
    expect(words(headers.get('Vary'))).toContain('origin')
  })
})

describe('ALLOWED_ORIGINS', () => {
  it.each(['', ' ', ',', ',,'])('of %j allows none', async (allowed) => {
    for (const origin of [APP, '', 'null']) {
      for (const request of [from(origin, {}, allowed), preflight(origin, 'GET', allowed)]) {
        expect(accessHeaders((await call(EXPORTS, request)).headers)).toEqual([])
      }
    }
  })

  it('allows none when it is not there', async () => {
    const { status, headers } = await call(EXPORTS, { headers: { Origin: APP } })
    expect(status).toBe(200)
    expect(accessHeaders(headers)).toEqual([])
    expect(words(headers.get('Vary')).toSorted()).toEqual(['accept', 'origin'])
  })

  it('of * allows any, by its name', async () => {
    for (const origin of [APP, OTHER, 'null']) {
      const { headers } = await call(EXPORTS, from(origin, {}, '*'))
      expect(headers.get('Access-Control-Allow-Origin')).toBe(origin)
      expect(words(headers.get('Vary')).toSorted()).toEqual(['accept', 'origin'])
      expect((await call(EXPORTS, preflight(origin, 'POST', '*'))).status).toBe(204)
    }
  })

  it('with an origin that no browser sends is a 500 for every call, and the log names it', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    for (const wrong of [`${APP}/`, `${APP}/path`, `${SECOND}, ${APP}/`]) {
      const { status, headers } = await call(EXPORTS, from(SECOND, {}, wrong))
      expect(status).toBe(500)
      expect(accessHeaders(headers)).toEqual([])
      expect(String(log.mock.lastCall)).toContain(`ALLOWED_ORIGINS: '${APP}/`)
      expect((await call('/health', from(SECOND, { user: null }, wrong))).status).toBe(503)
    }
    log.mockRestore()
  })

  it('may be written with blanks', async () => {
    const { headers } = await call(EXPORTS, from(APP, {}, `  ${OTHER} ,${APP}  `))
    expect(headers.get('Access-Control-Allow-Origin')).toBe(APP)
  })
})

describe('a call without an Origin', () => {
  it.each(answers)(
    'gets the same %s as ever, and is told that it varies',
    async (_, request, expected) => {
      const [path, init] = request()
      const { status, headers } = await call(path, { ...init, bindings: { ALLOWED_ORIGINS } })
      expect(status).toBe(expected)
      expect(accessHeaders(headers)).toEqual([])
      expect(words(headers.get('Vary'))).toContain('origin')
    },
  )
})

describe('the web client', () => {
  it('makes a log and gets its file from another origin, hidden contacts that were ticked too', async () => {
    const hidden = await addContact({ name: 'Zed', status: 'Never Ask' })
    const filter = {
      account_list_id: 'a0000000-0000-4000-8000-000000000001',
      any_tags: false,
      ids: [hidden],
    }
    const attributes = { params: { filter, type: 'csv', sort: 'name' } }
    const posted = await postDocument({ data: { attributes, type: 'export_logs' } }, from(APP))
    expect(posted.status).toBe(201)
    expect(posted.headers.get('Access-Control-Allow-Origin')).toBe(APP)
    const { data } = JSON.parse(posted.text)
    expect(data.attributes.params).toEqual(attributes.params)
    const headers = { 'Content-Type': 'text/csv' }
    const csv = await call(`${EXPORTS}/${data.id}.csv`, from(APP, { headers }))
    expect([csv.status, csv.text.includes('Zed')]).toEqual([200, true])
    headers['Content-Type'] = 'application/xlsx'
    expect((await call(`${EXPORTS}/${data.id}.xlsx`, from(APP, { headers }))).status).toBe(200)
  })
})
