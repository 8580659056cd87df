import { beforeEach, describe, expect, it } from 'vitest'
import {
  call,
  EXPORTS,
  MAILING,
  OTHER_USER,
  post,
  postDocument,
  type Call,
} from '../helpers/api.ts'
import { addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  id = await logOf({})
})

/** A signed link changes with each second. */
const withoutLinks = (text: string): string => text.replaceAll(/expires=[^"]*/g, '')

describe('an error', () => {
  it.each<[string, string, Call, number]>([
    ['a path that is not there', '/api/v2/contacts', {}, 404],
    ['a log that is not there', `${EXPORTS}/${newId()}`, {}, 404],
    ['a file of a log that is not there', `${EXPORTS}/${newId()}.csv`, {}, 404],
    ['an id that is no UUID', `${EXPORTS}/abc`, {}, 400],
    ['a file of an id that is no UUID', `${EXPORTS}/abc.csv`, {}, 400],
    ['an unknown field', `${EXPORTS}/${newId()}?fields[export_logs]=x`, {}, 400],
    ['nobody', EXPORTS, { method: 'POST', user: null }, 401],
    ['no content type', EXPORTS, { method: 'POST' }, 415],
  ])('for %s is a JSON:API document', async (_, path, init, expected) => {
    const { status, headers, text } = await call(path, init)
    expect(status).toBe(expected)
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(JSON.parse(text)).toEqual({
      errors: [
        expect.objectContaining({
          status: String(expected),
          title: expect.stringMatching(/^[A-Z]/),
          detail: expect.stringMatching(/.{10}/),
        }),
      ],
    })
  })

  it.each([
    [EXPORTS, ['PUT', 'PATCH', 'DELETE', 'OPTIONS'], 'GET, HEAD, POST'],
    [`${EXPORTS}/mailing`, ['GET', 'PUT', 'DELETE'], 'POST'],
    [`${EXPORTS}/mailing/${newId()}`, ['POST', 'PUT', 'DELETE'], 'GET, HEAD'],
    [`${EXPORTS}.csv`, ['POST', 'DELETE'], 'GET, HEAD'],
    [`${EXPORTS}/mailing.xlsx`, ['POST', 'DELETE'], 'GET, HEAD'],
    [`${EXPORTS}/${newId()}`, ['POST', 'PUT', 'OPTIONS'], 'GET, HEAD, PATCH, DELETE'],
    [`${EXPORTS}/${newId()}.csv`, ['POST', 'PUT', 'DELETE'], 'GET, HEAD'],
    [`${EXPORTS}/${newId()}.xlsx`, ['POST', 'PUT', 'DELETE'], 'GET, HEAD'],
  ])(
    'at %s for another method names those that are right, whoever calls',
    async (path, methods, allow) => {
      for (const method of methods) {
        const { status, headers } = await call(path, { method, user: null })
        expect([method, status, headers.get('Allow')]).toEqual([method, 405, allow])
      }
    },
  )

  it.each(['ods', 'CSV', 'csv.bak', ''])(
    'for the format %j names those there are, whoever calls',
    async (format) => {
      const { status, text } = await call(`${EXPORTS}/${newId()}.${format}`, { user: null })
      expect(status).toBe(404)
      expect(text).toMatch(/csv, xlsx,? and pdf/)
    },
  )

  it("for another user's log has the text of MPDX", async () => {
    for (const path of [`${EXPORTS}/${id}`, `${EXPORTS}/${id}.csv`]) {
      const { status, text } = await call(path, { user: OTHER_USER })
      expect(status).toBe(403)
      expect(JSON.parse(text)).toMatchObject({
        errors: [
          {
            detail: `Not allowed to perform that action on the resource with ID ${id} of type export_logs`,
          },
        ],
      })
    }
  })
})

describe('a body', () => {
  it.each([
    'application/vnd.api+json',
    'application/vnd.api+json; charset=utf-8',
    'application/vnd.api+json;charset="UTF-8"',
    'APPLICATION/VND.API+JSON',
    'application/vnd.api+json; profile="https://example.org/p"',
    'application/json',
    'application/json; charset=utf-8',
  ])('of type %s is taken', async (type) => {
    expect((await post({}, { headers: { 'Content-Type': type } })).status).toBe(201)
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/vnd.api+json; charset=latin1',
    'application/vnd.api+json; ext="https://example.org/e"',
    'application/vnd.api+json; a=b',
    'application/json; charset=latin1',
    'json',
  ])('of type %s is a 415', async (type) => {
    const { status, text } = await post({}, { headers: { 'Content-Type': type } })
    expect(status).toBe(415)
    expect(JSON.parse(text)).toMatchObject({ errors: [{ source: { header: 'Content-Type' } }] })
  })

  it.each(['gzip', 'GZIP', 'br', 'identity, deflate', 'deflate,gzip', 'x'])(
    'with the coding %s is a 415 that names those there are',
    async (coding) => {
      for (const path of [EXPORTS, MAILING]) {
        const { status, headers, text } = await post(
          {},
          { path, headers: { 'Content-Encoding': coding } },
        )
        expect(status).toBe(415)
        expect(headers.get('Accept-Encoding')).toBe('identity')
        expect(JSON.parse(text)).toMatchObject({
          errors: [{ source: { header: 'Content-Encoding' } }],
        })
      }
    },
  )

  it.each(['identity', 'Identity', 'identity, identity', ''])(
    'with the coding %j is taken',
    async (coding) => {
      expect((await post({}, { headers: { 'Content-Encoding': coding } })).status).toBe(201)
    },
  )

  it('of a GET is ignored', async () => {
    for (const path of [`${EXPORTS}/${id}`, `${EXPORTS}/${id}.csv`]) {
      expect((await call(path, { headers: { 'Content-Type': 'text/csv' } })).status).toBe(200)
    }
  })

  it('over 1 MiB is a 413 before it is parsed, with a length or without', async () => {
    const large = '['.repeat(1024 * 1024 + 1)
    expect((await postDocument(large)).status).toBe(413)
    const body = new Blob([large]).stream()
    const headers = { 'Content-Type': 'application/json' }
    expect((await call(EXPORTS, { method: 'POST', headers, body })).status).toBe(413)
    expect((await postDocument(large.slice(1))).status).toBe(400)
  })
})

describe('an Accept', () => {
  it.each([
    undefined,
    '*/*',
    'application/*',
    'application/json, text/plain, */*',
    'application/vnd.api+json',
    'application/vnd.api+json;q=0.5',
    'application/vnd.api+json; profile="p"',
    'application/vnd.api+json; a=b, application/vnd.api+json',
    'application/json;q=0, application/vnd.api+json;q=0.1',
    'text/html, application/xhtml+xml, */*;q=0.8',
  ])('of %s gets a document', async (accept) => {
    const headers = accept === undefined ? {} : { Accept: accept }
    expect((await call(`${EXPORTS}/${id}`, { headers })).status).toBe(200)
  })

  it.each([
    'text/html',
    'application/vnd.api+json; ext="e"',
    'application/vnd.api+json; ext="e", */*',
    'application/vnd.api+json; a=b, application/json',
    'application/vnd.api+json;q=0',
    'application/vnd.api+json;q=0, */*',
    '*/*;q=0',
    'image/*',
  ])('of %s gets a 406', async (accept) => {
    expect((await call(`${EXPORTS}/${id}`, { headers: { Accept: accept } })).status).toBe(406)
  })

  it.each([
    'application/json',
    'APPLICATION/JSON; charset=utf-8',
    'application/json, */*;q=0.9',
    'application/vnd.api+json;q=0.5, application/json',
    'text/html;q=0, application/json;q=0.1',
    'application/*;q=0.2, application/json;q=0.3',
  ])('of %s gets documents and errors under that name', async (accept) => {
    const sent = await post({}, { headers: { Accept: accept } })
    const paths = [`${EXPORTS}/${id}`, EXPORTS, `${EXPORTS}/preview`, `${EXPORTS}/x`, '/nowhere']
    const answers = await Promise.all(
      [...paths, `${EXPORTS}/${newId()}.csv`].map(async (path) => ({
        plain: await call(path),
        asked: await call(path, { headers: { Accept: accept } }),
      })),
    )
    for (const { headers } of [sent, ...answers.map(({ asked }) => asked)]) {
      expect(headers.get('Content-Type')).toBe('application/json')
      expect(headers.get('Vary')?.split(', ')).toContain('Accept')
    }
    for (const { plain, asked } of answers.slice(1)) {
      expect([asked.status, withoutLinks(asked.text)]).toEqual([
        plain.status,
        withoutLinks(plain.text),
      ])
      expect(plain.headers.get('Vary')?.split(', ')).toContain('Accept')
    }
  })

  it.each([
    '*/*',
    'application/*',
    'application/json, text/plain, */*',
    'application/json, application/vnd.api+json',
    'application/json;q=0.5, application/vnd.api+json; profile="p"',
    'application/json;q=0, */*;q=0.1',
    'application/json;q=0.5, application/*',
    '',
  ])('of %j gets JSON:API', async (accept) => {
    const { headers } = await call(EXPORTS, { headers: { Accept: accept } })
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
  })

  it('of text/csv gets a file', async () => {
    const headers = { Accept: 'text/csv' }
    expect((await call(`${EXPORTS}/${id}.csv`, { headers })).status).toBe(200)
  })
})

const logs = (attributes: object, more: object = {}) => ({
  data: { type: 'export_logs', attributes, ...more },
})

describe('of two faults the error names the one that', () => {
  const bad = { data: { type: 'x', id: 'abc' } }
  const html = { Accept: 'text/html' }
  const plain = { 'Content-Type': 'text/plain' }
  const foreign = { account_list_id: newId() }
  const somebodyElse = { relationships: { user: { data: { type: 'users', id: 'x' } } } }

  it.each<[string, number, () => Promise<{ status: number }>]>([
    ['is 401, not 406', 401, () => postDocument(bad, { user: null, headers: html })],
    ['is 406, not 415', 406, () => postDocument(bad, { headers: { ...html, ...plain } })],
    ['is 415, not 413', 415, () => postDocument('x'.repeat(2_000_000), { headers: plain })],
    ['is 413, not 400', 413, () => postDocument('x'.repeat(2_000_000))],
    ['is 400, not 409', 400, () => postDocument(bad)],
    ['is 400, not 404', 400, () => post({ filter: { ...foreign, status: { x: 1 } } })],
    [
      'is 409 of the type, not 403',
      409,
      () => postDocument({ data: { type: 'x', ...somebodyElse } }),
    ],
    ['is 409 of the id, not 403', 409, () => postDocument(logs({}, { id, ...somebodyElse }))],
    [
      'is 409 of the id, not 404',
      409,
      () => postDocument(logs({ params: { filter: foreign } }, { id })),
    ],
    [
      'is 403, not 404',
      403,
      () => postDocument(logs({ params: { filter: foreign } }, somebodyElse)),
    ],
    ['is 404 of an account list', 404, () => post({ filter: foreign })],
  ])('%s', async (_, expected, request) => {
    expect((await request()).status).toBe(expected)
  })
})

const names = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`)

describe('an error of a request with very much that is wrong', () => {
  const long = 'x'.repeat(900_000)

  it.each<[string, number, () => ReturnType<typeof call>]>([
    [
      '80,000 unknown attributes',
      20,
      () => postDocument(logs(Object.fromEntries(names(80_000).map((name) => [name, 1])))),
    ],
    ['an unknown attribute of 900 kB', 1, () => postDocument(logs({ [long]: 1 }))],
    ['an unknown attribute of quotes', 1, () => postDocument(logs({ ["'".repeat(900_000)]: 1 }))],
    ['a flag of 900 kB', 1, () => post({ filter: { pledge_received: long } })],
    ['an account list of 900 kB', 1, () => post({ filter: { account_list_id: long } })],
    ['a type of 900 kB', 1, () => postDocument({ data: { type: long } })],
    ['a time of 900 kB', 1, () => postDocument(logs({ created_at: long }))],
    [
      'thousands of unknown fields',
      20,
      () => call(`${EXPORTS}?fields[export_logs]=${names(5000).join()}`),
    ],
    [
      'thousands of parameters',
      20,
      () =>
        call(
          `${EXPORTS}?${names(2000)
            .map((name) => `${'a'.repeat(Number(name.slice(1)) % 200)}b=1`)
            .join('&')}`,
        ),
    ],
    ['a long parameter', 1, () => call(`${EXPORTS}?${'x'.repeat(15_000)}=1`)],
    ['a long id', 1, () => call(`${EXPORTS}/${'x'.repeat(15_000)}`)],
  ])('(%s) has few entries and repeats little', async (_, entries, request) => {
    const { status, text } = await request()
    expect([400, 404, 409]).toContain(status)
    const { errors } = JSON.parse(text)
    expect(errors).toHaveLength(entries)
    expect(text.length).toBeLessThan(20_000)
  })

  it('still says what would be right', async () => {
    const { text } = await postDocument(logs({ [long]: 1 }))
    const [error] = JSON.parse(text).errors
    expect(error.detail).toMatch(/^'x{100}…' .* created_at, updated_at and updated_in_db_at\.$/)
    expect(error.source.pointer).toMatch(/^\/data\/attributes\/x+…$/)
  })
})
