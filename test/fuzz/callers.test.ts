import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { base64url } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addList } from '../helpers/contacts.ts'
import { logOf } from '../helpers/files.ts'
import {
  anyText,
  anyValue,
  headerValue,
  isHeaderValue,
  parameters,
  PATIENCE_MILLISECONDS,
  sanely,
} from './fuzz.ts'

let id = ''
let token = ''
let link = new URL(ORIGIN)

beforeAll(async () => {
  await addList()
  id = await logOf({})
  token = await tokenFor(USER)
  link = new URL(JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links.csv)
})

const hmacKey = crypto.subtle.importKey(
  'raw',
  new TextEncoder().encode(env.JWT_SECRET),
  { name: 'HMAC', hash: 'SHA-256' },
  false,
  ['sign'],
)

/** A token with any header and claims, rightly signed. */
async function signedToken(header: unknown, claims: unknown): Promise<string> {
  const parts = [header, claims].map((part) => base64url.encode(JSON.stringify(part) ?? ''))
  const text = parts.join('.')
  const signature = await crypto.subtle.sign('HMAC', await hmacKey, new TextEncoder().encode(text))
  return `${text}.${base64url.encode(new Uint8Array(signature))}`
}

const header = fc.record(
  {
    alg: fc.oneof(
      { weight: 4, arbitrary: fc.constant('HS256') },
      fc.constantFrom('none', 'RS256', 'hs256'),
      anyValue,
    ),
    typ: anyValue,
    kid: anyValue,
    crit: anyValue,
    b64: anyValue,
    zip: anyValue,
  },
  { requiredKeys: [] },
)

const moment = fc.oneof(
  fc.integer({ min: -120, max: 120 }).map((seconds) => Date.now() / 1000 + seconds),
  anyValue,
)
const userClaim = fc.oneof(fc.constant(USER), anyValue)
const claims = fc.record(
  {
    user_id: userClaim,
    user_uuid: userClaim,
    sub: userClaim,
    exp: fc.oneof(fc.constant(2 ** 33), moment),
    nbf: moment,
    iat: moment,
    aud: anyValue,
  },
  { requiredKeys: [] },
)

/** A text with a piece of it replaced. */
const bent = (text: string, at: number, length: number, piece: string) =>
  text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + length)

it(
  'any claims under a right signature let in who they name, and nobody else',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(header, anyValue),
        fc.oneof(claims, anyValue),
        fc.boolean(),
        async (head, body, inQuery) => {
          const jwt = await signedToken(head, body)
          const { status } = inQuery
            ? await sanely(`${EXPORTS}/${id}?access_token=${jwt}`, { user: null })
            : await sanely(`${EXPORTS}/${id}`, { headers: { Authorization: `Bearer ${jwt}` } })
          const isNamed = JSON.stringify(body).includes(USER)
          expect(isNamed ? [200, 401, 403] : [401, 403]).toContain(status)
        },
      ),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

const scheme = fc.constantFrom('Bearer ', 'bearer  ', 'Basic ', '', 'Bearer')

it(
  'any token that is bent, and any link, lets nobody in',
  async () => {
    const bend = fc.tuple(fc.nat(), fc.nat(3), anyText.filter(isHeaderValue))
    const random = headerValue('Bearer ', 'a.b.c', '.', 'eyJhbGciOiJIUzI1NiJ9')
    await fc.assert(
      fc.asyncProperty(scheme, bend, random, async (prefix, [at, length, piece], other) => {
        const changed = bent(token, at, length, piece).trim()
        const isSame = changed === token && /^bearer /i.test(prefix)
        for (const value of [`${prefix}${changed}`, other]) {
          const headers = { Authorization: value }
          const { status } = await sanely(`${EXPORTS}/${id}`, { headers })
          expect(isSame ? [200, 401] : [401]).toContain(status)
        }
        const address = link.pathname + link.search
        const url = `/${bent(address.slice(1), at, length, encodeURIComponent(piece.toWellFormed()))}`
        if (url.toLowerCase() === address.toLowerCase()) return
        const { status } = await sanely(url, { user: null })
        expect([400, 401, 403, 404]).toContain(status)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)
