import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Env } from '../../src/env.ts'
import { call, EXPORTS, tokenFor, USER } from '../helpers/api.ts'
import { addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

const secret = new TextEncoder().encode(env.JWT_SECRET)
const now = () => Math.floor(Date.now() / 1000)

type Claims = Record<string, unknown>

const signed = (claims: Claims, algorithm = 'HS256', key = secret) =>
  new SignJWT(claims).setProtectedHeader({ alg: algorithm }).sign(key)

const encoded = (part: Claims) => btoa(JSON.stringify(part)).replace(/=+$/, '')

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  id = await logOf({})
})

const withToken = (token: string, bindings: Partial<Env> = {}) =>
  call(`${EXPORTS}/${id}`, {
    user: null,
    headers: { Authorization: `Bearer ${token}` },
    bindings,
  })

describe('a token', () => {
  it.each<[string, () => Claims]>([
    ['that names the user in user_id', () => ({ user_id: USER })],
    ['that names the user in user_uuid', () => ({ user_uuid: USER })],
    ['that names the user in sub', () => ({ sub: USER })],
    ['whose user_id goes before the others', () => ({ user_id: USER, user_uuid: 'x', sub: 'y' })],
    ['whose user_uuid goes before sub', () => ({ user_uuid: USER, sub: 'y' })],
    ['that ended within the leeway', () => ({ user_id: USER, exp: now() - 50 })],
    ['that begins within the leeway', () => ({ user_id: USER, nbf: now() + 50, iat: now() + 50 })],
  ])('%s is taken', async (_, claims) => {
    expect((await withToken(await signed({ exp: now() + 60, ...claims() }))).status).toBe(200)
  })

  it.each<[string, () => Claims]>([
    ['without exp', () => ({ user_id: USER, exp: undefined })],
    ['whose exp is no number', () => ({ user_id: USER, exp: 'tomorrow' })],
    ['that has expired', () => ({ user_id: USER, exp: now() - 61 })],
    ['that begins later', () => ({ user_id: USER, nbf: now() + 70 })],
    ['from the future', () => ({ user_id: USER, iat: now() + 70 })],
    ['whose user is a number', () => ({ user_id: 7 })],
    ['whose user is a number though sub is a text', () => ({ user_id: 7, sub: USER })],
    ['whose user_id is null though sub is a text', () => ({ user_id: null, sub: USER })],
    ['whose user is empty', () => ({ user_id: '' })],
    ['whose user is an object', () => ({ sub: { id: USER } })],
    ['without a user', () => ({})],
  ])('%s is refused', async (_, claims) => {
    const { status, headers, text } = await withToken(
      await signed({ exp: now() + 60, ...claims() }),
    )
    expect(status).toBe(401)
    expect(headers.get('WWW-Authenticate')).toBe('Bearer')
    expect(JSON.parse(text)).toMatchObject({ errors: [{ status: '401', title: 'Unauthorized' }] })
  })

  it.each<[string, () => string | Promise<string>]>([
    [
      'signed with another secret',
      () =>
        signed({ user_id: USER, exp: now() + 60 }, 'HS256', new TextEncoder().encode('another')),
    ],
    ['signed with another algorithm', () => signed({ user_id: USER, exp: now() + 60 }, 'HS512')],
    [
      'with no signature',
      () => `${encoded({ alg: 'none' })}.${encoded({ user_id: USER, exp: now() + 60 })}.`,
    ],
    ['that is broken', () => 'abc.def.ghi'],
    ['that is no token', () => 'abc'],
    [
      'whose claims were changed',
      async () => {
        const [header, , signature] = (await tokenFor('x')).split('.')
        return `${header}.${encoded({ user_id: USER, exp: now() + 60 })}.${signature}`
      },
    ],
  ])('%s is refused', async (_, token) => {
    expect((await withToken(await token())).status).toBe(401)
  })

  it('may stand in the query', async () => {
    const path = `${EXPORTS}/${id}?access_token=${await tokenFor(USER)}`
    expect((await call(path, { user: null })).status).toBe(200)
  })

  it.each(['Bearer x', 'Basic dXNlcjpwYXNz', 'Bearer', ''])(
    'in the query loses against the header %j',
    async (authorization) => {
      const path = `${EXPORTS}/${id}?access_token=${await tokenFor(USER)}`
      const headers = { Authorization: authorization }
      expect((await call(path, { user: null, headers })).status).toBe(401)
    },
  )

  it('is needed', async () => {
    expect((await call(`${EXPORTS}/${id}`, { user: null })).status).toBe(401)
  })
})

async function statusUnder(jwtSecret: string, bindings: Partial<Env>) {
  const key = new TextEncoder().encode(jwtSecret)
  const token = await signed({ user_id: USER, exp: now() + 60 }, 'HS256', key)
  return (await withToken(token, bindings)).status
}

describe('while the secret is changed', () => {
  const nextSecret = 'the next secret, as long as it must be'
  const next = { JWT_SECRET: nextSecret, JWT_SECRET_PREVIOUS: env.JWT_SECRET }
  it('a token is taken under the new one and the one before it, and no other', async () => {
    expect(await statusUnder(nextSecret, next)).toBe(200)
    expect(await statusUnder(env.JWT_SECRET, next)).toBe(200)
    expect(await statusUnder('another', next)).toBe(401)
  })

  it('a token under the one before it has expired all the same', async () => {
    const token = await signed({ user_id: USER, exp: now() - 61 })
    expect((await withToken(token, next)).status).toBe(401)
  })

  it('afterwards the one before it is good for nothing', async () => {
    const after = { JWT_SECRET: nextSecret, JWT_SECRET_PREVIOUS: '' }
    expect(await statusUnder(nextSecret, after)).toBe(200)
    expect(await statusUnder(env.JWT_SECRET, after)).toBe(401)
  })
})

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

async function callsWith(bindings: Partial<Env>) {
  log.mockClear()
  const path = `${EXPORTS}/${id}?access_token=${await tokenFor(USER)}`
  const byQuery = await call(path, { user: null, bindings })
  const byHeader = await call(path, { bindings })
  return { byQuery, byHeader, lines: log.mock.calls.map(String).join('\n') }
}

describe('ALLOW_QUERY_TOKEN', () => {
  it.each([{}, { ALLOW_QUERY_TOKEN: 'true' }, { ALLOW_QUERY_TOKEN: true }])(
    'of %j lets a token stand in the query',
    async (bindings) => {
      const { byQuery, byHeader } = await callsWith(bindings)
      expect([byQuery.status, byHeader.status]).toEqual([200, 200])
    },
  )

  it.each(['false', false])('of %j does not, and the error does not offer it', async (word) => {
    const { byQuery, byHeader } = await callsWith({ ALLOW_QUERY_TOKEN: word })
    expect([byQuery.status, byHeader.status]).toEqual([401, 200])
    expect(byQuery.text).not.toContain('access_token')
  })

  it.each(['', 'no', 'False', '0', 'true '])(
    'of %j, which is no word of it, closes every door, and the log says why',
    async (word) => {
      const { byQuery, byHeader, lines } = await callsWith({ ALLOW_QUERY_TOKEN: word })
      expect([byQuery.status, byHeader.status]).toEqual([500, 500])
      expect(lines).toContain('ALLOW_QUERY_TOKEN must be true or false')
    },
  )
})

describe('without JWT_SECRET', () => {
  it.each([
    ['POST', EXPORTS],
    ['GET', `${EXPORTS}/x`],
    ['GET', `${EXPORTS}/x.csv`],
    ['GET', `${EXPORTS}/x.xlsx`],
  ])('%s %s is closed, and the log says why', async (method, path) => {
    log.mockClear()
    const token = await tokenFor(USER)
    const { status, text } = await call(path, {
      method,
      headers: { 'CF-Ray': 'ray-7', Authorization: `Bearer ${token}` },
      bindings: { JWT_SECRET: '' },
    })
    expect(status).toBe(500)
    expect(text).toContain('ray-7')
    const lines = log.mock.calls.map(String).join('\n')
    expect(lines).toContain('JWT_SECRET is not set')
    expect(lines).toContain('ray-7')
    expect(lines).not.toContain(token)
  })
})
