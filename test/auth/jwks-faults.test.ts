import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, tokenFor, USER } from '../helpers/api.ts'
import { addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'
import {
  keyServer,
  pass,
  providerToken,
  signer,
  type Signer,
} from '../helpers/identity-provider.ts'

let id = ''
let rsa: Signer
let other: Signer
let server = keyServer()
const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeAll(async () => {
  rsa = await signer('RS256', { kid: 'one' })
  other = await signer('RS256', { kid: 'two' })
})

beforeEach(async () => {
  await emptyStorage()
  await addList()
  id = await logOf({})
  server = keyServer()
  log.mockClear()
})

afterEach(() => {
  vi.useRealTimers()
})

const callWith = (token: string, bindings: Record<string, string> = {}) =>
  call(`${EXPORTS}/${id}`, {
    user: null,
    headers: { Authorization: `Bearer ${token}` },
    bindings: { ...server.bindings, ...bindings },
  })

const statusOf = async (token: string) => (await callWith(token)).status

const logged = () => log.mock.calls.map(String).join('\n')

type Server = ReturnType<typeof keyServer>

const faults: [string, (server: Server) => Promise<unknown>, string][] = [
  ['is dead', ({ answers }) => answers({ mood: 'dead' }), ''],
  ['says nothing', ({ answers }) => answers({ mood: 'silent' }), ''],
  [
    'stops half-way',
    ({ answers }) => answers({ mood: 'stuck', body: JSON.stringify({ keys: [other.jwk] }) }),
    '',
  ],
  [
    'has a fault',
    ({ answers }) => answers({ status: 500, body: JSON.stringify({ keys: [other.jwk] }) }),
    'not 500',
  ],
  [
    'sends elsewhere',
    async ({ answers }) => {
      const elsewhere = keyServer()
      await elsewhere.gives(other.jwk)
      return answers({ status: 302, headers: { Location: elsewhere.bindings.JWKS_URL } })
    },
    'not 302',
  ],
  ['gives a page', ({ answers }) => answers({ body: '<html>{"keys":[]}</html>' }), 'JWK set'],
  ['gives nothing', ({ answers }) => answers({ body: '' }), 'JWK set'],
  ['gives a list', ({ answers }) => answers({ body: JSON.stringify([other.jwk]) }), 'JWK set'],
  [
    'gives keys that are no list',
    ({ answers }) => answers({ body: JSON.stringify({ keys: { two: other.jwk } }) }),
    'JWK set',
  ],
  [
    'gives too much',
    ({ answers }) =>
      answers({ body: JSON.stringify({ keys: [other.jwk], x: 'x'.repeat(300_000) }) }),
    'more than 262144 bytes',
  ],
]

describe('a key server that', () => {
  it.each(faults)(
    '%s keeps known keys working, and lets nobody else in',
    async (_, fault, told) => {
      await server.gives(rsa.jwk)
      const token = await providerToken(rsa)
      expect(await statusOf(token)).toBe(200)
      await fault(server)
      expect(await statusOf(await providerToken(other))).toBe(401)
      expect(await statusOf(token)).toBe(200)
      expect(logged()).toContain('token_keys_failed')
      expect(logged()).toContain(told)
    },
  )

  it.each(faults)(
    '%s before any key is known lets nobody in, but says to try again',
    async (_, fault) => {
      await fault(server)
      const token = await providerToken(rsa)
      const { status, headers, text } = await callWith(token)
      expect(status).toBe(503)
      expect(headers.get('Retry-After')).toBe('10')
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ status: '503', title: 'Service Unavailable' }],
      })
      expect(await statusOf(await providerToken(other))).toBe(503)
      expect(await statusOf('abc')).toBe(401)
      expect(await statusOf(await tokenFor(USER))).toBe(200)
      expect(await server.timesAsked()).toBe(1)
      expect(logged()).not.toContain(token)
      await server.gives(rsa.jwk)
      pass(10)
      expect(await statusOf(token)).toBe(200)
    },
  )

  it('is dead for a day keeps known keys working that long, and no longer', async () => {
    await server.gives(rsa.jwk)
    const token = await providerToken(rsa, { exp: Date.now() / 1000 + 180_000 })
    expect(await statusOf(token)).toBe(200)
    await server.answers({ mood: 'dead' })
    pass(86_000)
    expect(await statusOf(token)).toBe(200)
    expect(await statusOf(token)).toBe(200)
    expect(await server.timesAsked()).toBe(2)
    pass(401)
    const { status, headers } = await callWith(token)
    expect([status, headers.get('Retry-After')]).toEqual([503, '10'])
    expect(await statusOf(await tokenFor(USER))).toBe(200)
    expect(await statusOf(token)).toBe(503)
    expect(await server.timesAsked()).toBe(3)
    await server.gives(rsa.jwk)
    pass(10)
    expect(await statusOf(token)).toBe(200)
  })
})
