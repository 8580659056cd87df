import { base64url, exportJWK, exportSPKI, importJWK, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, tokenFor, USER } from '../helpers/api.ts'
import { addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'
import {
  AUDIENCE,
  ISSUER,
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

describe('a token of the identity provider', () => {
  it.each(['RS256', 'ES256', 'EdDSA', 'Ed25519'])('signed with %s is taken', async (algorithm) => {
    const key = await signer(algorithm, { kid: 'a' })
    await server.gives(rsa.jwk, key.jwk)
    expect(await statusOf(await providerToken(key))).toBe(200)
  })

  it.each([
    ['EdDSA', { alg: 'Ed25519' }],
    ['Ed25519', { alg: 'EdDSA' }],
    ['EdDSA', { alg: undefined }],
    ['Ed25519', { alg: undefined }],
  ])('signed with %s under an Ed25519 key with %j is taken', async (algorithm, members) => {
    const key = await signer('EdDSA', { kid: 'a' })
    await server.gives({ ...key.jwk, ...members })
    expect(await statusOf(await providerToken(key, {}, { alg: algorithm }))).toBe(200)
  })

  it.each(['Ed448', 'RS256', 'ES256'])(
    'signed with %s under such a key is refused',
    async (alg) => {
      const key = await signer('EdDSA', { kid: 'a' })
      await server.gives(key.jwk)
      const token = await providerToken(key)
      const [, ...rest] = token.split('.')
      const header = base64url.encode(JSON.stringify({ alg, kid: 'a' }))
      expect(await statusOf([header, ...rest].join('.'))).toBe(401)
    },
  )

  it.each<[string, object]>([
    ['that says nothing of its algorithm', { alg: undefined }],
    ['for signatures', { use: 'sig' }],
    ['for checking', { key_ops: ['verify'] }],
    ['with members that nobody knows', { x5t: 'x', ext: false, 'x-y': { z: 1 } }],
  ])('under a key %s is taken', async (_, members) => {
    await server.gives({ ...rsa.jwk, ...members })
    expect(await statusOf(await providerToken(rsa))).toBe(200)
  })

  it.each<[string, () => Record<string, unknown>]>([
    ['for several audiences', () => ({ aud: ['another', 'contact-exports'] })],
    ['that ended within the leeway', () => ({ exp: Date.now() / 1000 - 50 })],
    ['with user_id before sub', () => ({ user_id: USER, sub: 'somebody' })],
  ])('%s is taken', async (_, claims) => {
    await server.gives(rsa.jwk)
    expect(await statusOf(await providerToken(rsa, claims()))).toBe(200)
  })

  it.each<[string, () => Record<string, unknown>]>([
    ['of another issuer', () => ({ iss: 'https://login.example' })],
    ['without an issuer', () => ({ iss: undefined })],
    ['of several issuers', () => ({ iss: ['https://login.example/'] })],
    ['for another audience', () => ({ aud: 'contact-exports-2' })],
    ['for other audiences', () => ({ aud: ['a', 'b'] })],
    ['without an audience', () => ({ aud: undefined })],
    ['without exp', () => ({ exp: undefined })],
    ['that has expired', () => ({ exp: Date.now() / 1000 - 61 })],
    ['that begins later', () => ({ nbf: Date.now() / 1000 + 70 })],
    ['from the future', () => ({ iat: Date.now() / 1000 + 70 })],
    ['without a user', () => ({ sub: undefined })],
    ['whose user_id is null though sub is a text', () => ({ user_id: null })],
    ['whose user_uuid is a number though sub is a text', () => ({ user_uuid: 7 })],
  ])('%s is refused', async (_, claims) => {
    await server.gives(rsa.jwk)
    const token = await providerToken(rsa, claims())
    const { status, headers, text } = await callWith(token)
    expect(status).toBe(401)
    expect(headers.get('WWW-Authenticate')).toBe('Bearer')
    expect(text).not.toContain(token)
  })

  it('that names no key is tried with all of its algorithm', async () => {
    await server.gives(other.jwk, rsa.jwk, (await signer('ES256', { kid: 'one' })).jwk)
    expect(await statusOf(await providerToken(rsa, {}, { kid: undefined }))).toBe(200)
    const stranger = await signer('RS256')
    expect(await statusOf(await providerToken(stranger))).toBe(401)
  })

  it('is none where there is no identity provider', async () => {
    await server.gives(rsa.jwk)
    const token = await providerToken(rsa)
    expect((await callWith(token, { JWKS_URL: '' })).status).toBe(401)
    expect(await server.timesAsked()).toBe(0)
  })

  it('is taken beside those signed with HS256, for which the key server is not asked', async () => {
    await server.gives(rsa.jwk)
    expect(await statusOf(await tokenFor(USER))).toBe(200)
    expect(await server.timesAsked()).toBe(0)
    expect(await statusOf(await providerToken(rsa))).toBe(200)
  })
})

/** A token with any header, signed in any way. */
async function handmade(header: object, sign: (text: Uint8Array) => Promise<ArrayBuffer>) {
  const [, claims] = (await providerToken(rsa)).split('.')
  const text = `${base64url.encode(JSON.stringify(header))}.${claims}`
  return `${text}.${base64url.encode(new Uint8Array(await sign(new TextEncoder().encode(text))))}`
}

const RSA = 'RSASSA-PKCS1-v1_5'

const secretOf = async (text: string | Promise<string>) => new TextEncoder().encode(await text)

const spkiOf = async ({ jwk }: Signer) => {
  const key = await importJWK(jwk)
  return key instanceof CryptoKey ? exportSPKI(key) : ''
}

const hmac = (secret: Uint8Array) =>
  new SignJWT({ sub: USER, iss: ISSUER, aud: AUDIENCE })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setExpirationTime('1h')
    .sign(secret)

describe('a forged token', () => {
  it.each<[string, () => Promise<string>]>([
    ['with HS256 under the public key as PEM', async () => hmac(await secretOf(spkiOf(rsa)))],
    [
      'with HS256 under the public key as JSON',
      async () => hmac(await secretOf(JSON.stringify(rsa.jwk))),
    ],
    [
      'with HS256 under a secret of the set',
      async () => hmac(await secretOf('known to everybody')),
    ],
    [
      'with no signature',
      () => handmade({ alg: 'none', kid: 'one' }, async () => new ArrayBuffer(0)),
    ],
    [
      'with an empty signature',
      () => handmade({ alg: 'RS256', kid: 'one' }, async () => new ArrayBuffer(0)),
    ],
    ['under the key of somebody else', () => providerToken(other)],
    [
      'under the key of somebody else, by the name of a known one',
      () => providerToken(other, {}, { kid: 'one' }),
    ],
    [
      'under a key that it brings along',
      () => providerToken(other, {}, { kid: 'one', jwk: other.jwk }),
    ],
    ['whose key id is no text', () => providerToken(rsa, {}, { kid: ['one'] })],
    ['whose key id is null', () => providerToken(rsa, {}, { kid: null })],
    [
      'with an extension that must be understood',
      () =>
        handmade({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 }, (text) =>
          crypto.subtle.sign(RSA, rsa.privateKey, text),
        ),
    ],
    [
      'with PS256, which is not on the list',
      async () => {
        const privateKey = await importJWK(rsa.privateJwk, 'PS256')
        return privateKey instanceof CryptoKey
          ? providerToken({ ...rsa, privateKey }, {}, { alg: 'PS256' })
          : ''
      },
    ],
    [
      'with ES384, which is not on the list',
      async () => providerToken(await signer('ES384', { kid: 'one' })),
    ],
  ])('%s is refused', async (_, token) => {
    const secret = base64url.encode('known to everybody')
    const { alg: _alg, ...forAny } = rsa.jwk
    await server.gives(forAny, { kty: 'oct', k: secret, kid: 'one', alg: 'HS256' })
    expect(await statusOf(await token())).toBe(401)
    expect(await statusOf(await providerToken(rsa))).toBe(200)
  })
})

const changed = (members: object) => async (): Promise<[unknown, string]> => [
  { ...rsa.jwk, ...members },
  await providerToken(rsa),
]

const onCurve = (members: object) => async (): Promise<[unknown, string]> => {
  const key = await signer('ES256', { kid: 'one' })
  return [{ ...key.jwk, ...members }, await providerToken(key)]
}

describe('a key of the set', () => {
  it.each<[string, () => Promise<[unknown, string]>]>([
    ['that is private', async () => [rsa.privateJwk, await providerToken(rsa)]],
    ['that is for encryption', changed({ use: 'enc' })],
    ['that is for another algorithm', changed({ alg: 'RS512' })],
    ['that is not for checking', changed({ key_ops: ['encrypt'] })],
    ['without a name', changed({ kid: undefined })],
    ['whose name is no text', changed({ kid: 1 })],
    ['without numbers', changed({ n: undefined })],
    ['whose numbers are none', changed({ n: '!', e: '?' })],
    ['whose exponent is 1', changed({ e: 'AQ' })],
    ['on another curve', onCurve({ crv: 'P-384' })],
    ['of another kind', onCurve({ kty: 'RSA' })],
    ['of a point that is not on the curve', onCurve({ y: base64url.encode(new Uint8Array(32)) })],
    [
      'that is a secret',
      async () => [{ kty: 'oct', k: 'eA', kid: 'one' }, await providerToken(rsa)],
    ],
    ['that is null', async () => [null, await providerToken(rsa)]],
    [
      'of 1024 bits',
      async () => {
        const publicExponent = new Uint8Array([1, 0, 1])
        const short = { name: RSA, hash: 'SHA-256', modulusLength: 1024, publicExponent }
        const pair = await crypto.subtle.generateKey(short, true, ['sign', 'verify'])
        if (!('publicKey' in pair)) throw new Error('There is no pair.')
        const jwk = await exportJWK(pair.publicKey)
        const token = await handmade({ alg: 'RS256', kid: 'one' }, (text) =>
          crypto.subtle.sign(RSA, pair.privateKey, text),
        )
        return [{ ...jwk, kid: 'one' }, token]
      },
    ],
  ])('%s lets nobody in, and the others go on working', async (_, given) => {
    const [jwk, token] = await given()
    await server.gives(jwk, other.jwk)
    expect(await statusOf(token)).toBe(401)
    expect(await statusOf(await providerToken(other))).toBe(200)
  })
})

describe('the keys', () => {
  it('are asked for once, however many calls come at once', async () => {
    await server.gives(rsa.jwk)
    const token = await providerToken(rsa)
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(token)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await server.timesAsked()).toBe(1)
  })

  it('change: a new one is found at once, by all who come at once', async () => {
    await server.gives(rsa.jwk)
    expect(await statusOf(await providerToken(rsa))).toBe(200)
    await server.gives(other.jwk, rsa.jwk)
    const token = await providerToken(other)
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(token)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await statusOf(await providerToken(rsa))).toBe(200)
    expect(await server.timesAsked()).toBe(2)
  })

  it('are asked for at most once a minute, whatever keys tokens name', async () => {
    await server.gives(rsa.jwk)
    const unknown = async (kid: unknown) => statusOf(await providerToken(rsa, {}, { kid }))
    const burst = () => Promise.all(Array.from({ length: 20 }, (_, number) => unknown(`${number}`)))
    await statusOf(await providerToken(rsa))
    expect(new Set(await burst())).toEqual(new Set([401]))
    expect(new Set(await burst())).toEqual(new Set([401]))
    expect(await server.timesAsked()).toBe(2)
    await server.gives(other.jwk)
    expect(await unknown('two')).toBe(401)
    pass(50)
    expect(await statusOf(await providerToken(other))).toBe(401)
    pass(10)
    expect(await statusOf(await providerToken(other))).toBe(200)
    expect(await server.timesAsked()).toBe(3)
  })

  it('are asked for again after ten minutes: one that was withdrawn is gone', async () => {
    await server.gives(rsa.jwk)
    const token = await providerToken(rsa)
    expect(await statusOf(token)).toBe(200)
    await server.gives(other.jwk)
    pass(590)
    expect(await statusOf(token)).toBe(200)
    pass(10)
    expect(await statusOf(token)).toBe(401)
    expect(await server.timesAsked()).toBe(2)
  })

  it('can all be withdrawn, and the log says so', async () => {
    await server.gives(rsa.jwk)
    expect(await statusOf(await providerToken(rsa))).toBe(200)
    await server.gives()
    pass(600)
    expect(await statusOf(await providerToken(rsa))).toBe(401)
    expect(logged()).toContain('token_keys_empty')
  })
})

describe('a setting that cannot be meant', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no issuer', { JWT_ISSUER: '' }, 'JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE'],
    ['no audience', { JWT_AUDIENCE: '' }, 'JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE'],
    ['no URL', { JWKS_URL: 'login.example/keys' }, 'JWKS_URL must be an https: URL'],
    ['a URL of no server', { JWKS_URL: 'data:,{"keys":[]}' }, 'JWKS_URL must be an https: URL'],
    ['an open way', { JWKS_URL: 'http://login.example/keys' }, 'JWKS_URL must be an https: URL'],
    ['no secret', { JWT_SECRET: '' }, 'JWT_SECRET is not set'],
  ])('(%s) closes every door, and the log says why', async (_, wrong, told) => {
    await server.gives(rsa.jwk)
    for (const token of [await providerToken(rsa), await tokenFor(USER), 'abc']) {
      log.mockClear()
      const { status } = await callWith(token, wrong)
      expect(status).toBe(500)
      expect(logged()).toContain(told)
    }
    expect(await server.timesAsked()).toBe(0)
  })
})
