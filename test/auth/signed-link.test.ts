import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Env } from '../../src/env.ts'
import {
  call,
  EXPORTS,
  MAILING,
  ORIGIN,
  OTHER_USER,
  post,
  tokenFor,
  USER,
  type Call,
} from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'
import { pass } from '../helpers/identity-provider.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await insert('account_list_users', { account_list_id: LIST, user_id: OTHER_USER })
  await addContact({ name: 'Ann' })
  id = await logOf({})
  log.mockClear()
})

afterEach(() => vi.useRealTimers())

type Format = 'csv' | 'xlsx'

/** The link to a file in the document of a log. */
async function linkTo(format: Format = 'csv', path = `${EXPORTS}/${id}`, call_: Call = {}) {
  const { text } = await call(path, call_)
  return new URL(JSON.parse(text).data.links[format])
}

/** Follows a link, without a token. */
const follow = (link: URL | string, call_: Call = {}) => {
  const { pathname, search } = new URL(link)
  return call(`${pathname}${search}`, { user: null, ...call_ })
}

/** The link with another value of a parameter; without it where there is none. */
function bent(link: URL, name: string, change: (value: string) => string | undefined): URL {
  const other = new URL(link)
  const value = change(link.searchParams.get(name) ?? '')
  if (value === undefined) other.searchParams.delete(name)
  else other.searchParams.set(name, value)
  return other
}

const moved = (link: URL, from: string, to: string): URL => {
  const other = new URL(link)
  other.pathname = link.pathname.replace(from, to)
  return other
}

const detailOf = (text: string) => JSON.parse(text).errors[0].detail

describe('a signed link', () => {
  it.each<[string, () => Promise<URL>]>([
    ['of a log', () => linkTo()],
    ['of a workbook', () => linkTo('xlsx')],
    ['of the mailing path', () => linkTo('csv', `${MAILING}/${id}`)],
    [
      'of the answer to a POST',
      async () => new URL(JSON.parse((await post({})).text).data.links.csv),
    ],
    ['of the list', async () => new URL(JSON.parse((await call(EXPORTS)).text).data[0].links.csv)],
  ])('%s is absolute and gives the file to whoever has it', async (_, link) => {
    const url = await link()
    expect(url.origin).toBe(ORIGIN)
    expect([...url.searchParams.keys()]).toEqual(['expires', 'user', 'signature'])
    for (const method of ['HEAD', 'GET', 'GET', 'HEAD']) {
      const { status, headers } = await follow(url, { method })
      expect(status).toBe(200)
      expect(headers.get('Content-Disposition')).toMatch(/^attachment; filename="contacts-/)
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    }
  })

  it('is good for fifteen minutes, to the second', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T05:00:00.900Z') })
    const link = await linkTo()
    expect(Number(link.searchParams.get('expires'))).toBe(Date.parse('2026-11-24T05:15:00Z') / 1000)
    vi.setSystemTime('2026-11-24T05:14:59.999Z')
    expect((await follow(link)).status).toBe(200)
    vi.setSystemTime('2026-11-24T05:15:00Z')
    const { status, text } = await follow(link)
    expect([status, detailOf(text)]).toEqual([
      403,
      'The link has expired. Open the export again to get a new one.',
    ])
  })

  it('that has ended is of no use for a kept file either', async () => {
    const link = await linkTo()
    expect((await follow(link)).status).toBe(200)
    pass(901)
    const { status, text } = await follow(link)
    expect(status).toBe(403)
    expect(text).not.toContain('Ann')
  })

  it.each<[string, string, (value: string) => string | undefined]>([
    ['expires later', 'expires', (value) => String(Number(value) + 1)],
    ['expires sooner', 'expires', (value) => String(Number(value) - 1)],
    ['expires never', 'expires', () => 'Infinity'],
    ['expires in other words', 'expires', (value) => `0${value}`],
    ['expires at no time', 'expires', () => ''],
    ['says nothing of its end', 'expires', () => undefined],
    ['names another user', 'user', () => OTHER_USER],
    ['names nobody', 'user', () => ''],
    ['says nothing of its user', 'user', () => undefined],
    ['has another first character', 'signature', (value) => otherCharacter(value, 0)],
    ['has another last character', 'signature', (value) => otherCharacter(value, value.length - 1)],
    ['has its last bits changed, which mean nothing', 'signature', otherSpelling],
    ['has a padded signature', 'signature', (value) => `${value}=`],
    ['has a shorter signature', 'signature', (value) => value.slice(0, -1)],
    ['has a longer signature', 'signature', (value) => `${value}A`],
    ['has a blank in its signature', 'signature', (value) => `${value} `],
    ['has another alphabet', 'signature', () => '+'.repeat(43)],
    ['has a signature of nothing', 'signature', () => 'A'.repeat(43)],
    ['has an empty signature', 'signature', () => ''],
    ['has no signature', 'signature', () => undefined],
  ])('that %s is a 403', async (_, name, change) => {
    for (const format of ['csv', 'xlsx'] as const) {
      const { status, headers, text } = await follow(bent(await linkTo(format), name, change))
      expect([status, detailOf(text)]).toEqual([
        403,
        'The link is invalid. Copy the whole link, or open the export again to get a new one.',
      ])
      expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    }
  })

  it.each<[string, (link: URL) => Promise<URL> | URL]>([
    ['to the other format', (link) => moved(link, '.csv', '.xlsx')],
    ['to the mailing columns', (link) => moved(link, EXPORTS, MAILING)],
    ['to another log', async (link) => moved(link, id, await logOf({}))],
    ['to a log that is not there', (link) => moved(link, id, newId())],
    [
      'to a log of another user',
      async (link) => moved(link, id, await logOf({}, { user: OTHER_USER })),
    ],
  ])('that is turned %s is a 403', async (_, change) => {
    const { status, text } = await follow(await change(await linkTo()))
    expect(status).toBe(403)
    expect(detailOf(text)).toMatch(/link is invalid/)
  })

  it('of the mailing path is none for the log’s own columns', async () => {
    const link = await linkTo('csv', `${MAILING}/${id}`)
    expect((await follow(link)).text).toContain('Address Block')
    expect((await follow(moved(link, MAILING, EXPORTS))).status).toBe(403)
  })

  it('takes the first of two values', async () => {
    const link = await linkTo()
    link.searchParams.append('user', OTHER_USER)
    expect((await follow(link)).status).toBe(200)
    expect(
      (await follow(`${ORIGIN}${link.pathname}?user=${OTHER_USER}&${link.search.slice(1)}`)).status,
    ).toBe(403)
  })

  it('may be asked for with a byte order mark, and with what others add to it', async () => {
    const link = await linkTo()
    link.searchParams.set('bom', 'true')
    link.searchParams.set('utm_source', 'mail')
    const { status, bytes } = await follow(link)
    expect(status).toBe(200)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('may name the log in upper case', async () => {
    const { status } = await follow(moved(await linkTo(), id, id.toUpperCase()))
    expect(status).toBe(200)
  })

  it('names its user in any letter case', async () => {
    const link = await linkTo()
    expect((await follow(bent(link, 'user', (value) => value.toUpperCase()))).status).toBe(200)
  })

  it('names a user whose id is no UUID in the letters of the id', async () => {
    const user = 'Anna-9f7a1c52'
    await insert('account_list_users', { account_list_id: LIST, user_id: user })
    const own = await logOf({}, { user })
    const link = await linkTo('csv', `${EXPORTS}/${own}`, { user })
    expect((await follow(link)).status).toBe(200)
    expect((await follow(bent(link, 'user', (value) => value.toLowerCase()))).status).toBe(403)
  })

  it('of a user whose id is any text works', async () => {
    const user = 'a b+c&d=é/%25?#"<'
    await insert('account_list_users', { account_list_id: LIST, user_id: user })
    const own = await logOf({}, { user })
    const link = await linkTo('csv', `${EXPORTS}/${own}`, { user })
    expect((await follow(link)).status).toBe(200)
    expect((await follow(bent(link, 'user', () => 'a b c&d=é/%25?#"<'))).status).toBe(403)
  })

  it('gives nothing but the file', async () => {
    const { search } = await linkTo()
    for (const path of [`${EXPORTS}/${id}`, EXPORTS, `${MAILING}/${id}`]) {
      expect((await call(`${path}${search}`, { user: null })).status).toBe(401)
    }
    expect((await call(`${EXPORTS}/${id}${search}`, { user: null, method: 'DELETE' })).status).toBe(
      401,
    )
    expect(
      (await call(`${EXPORTS}/${id}.csv${search}`, { user: null, method: 'POST' })).status,
    ).toBe(405)
  })

  it('is a 404 when its log was deleted', async () => {
    const link = await linkTo()
    await follow(link)
    await call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    expect((await follow(link)).status).toBe(404)
  })

  it('is a 403 when its log has become another user’s', async () => {
    const link = await linkTo()
    await env.DB.prepare('UPDATE export_logs SET user_id = ?').bind(OTHER_USER).run()
    expect((await follow(link)).status).toBe(403)
  })
})

/** Another character of the alphabet, so far from it that other bits of a byte change. */
const otherCharacter = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'g' ? 'Q' : 'g'}${text.slice(at + 1)}`

/** The same bytes, spelled with other bits behind their end. */
function otherSpelling(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet[alphabet.indexOf(text.at(-1) ?? '') ^ 1] ?? ''
  return `${text.slice(0, -1)}${last}`
}

const bearing = (token: string): Call => ({ headers: { Authorization: `Bearer ${token}` } })

describe('beside a signed link', () => {
  it('a header decides, right or wrong', async () => {
    const link = await linkTo()
    const ruined = bent(link, 'signature', () => '')
    expect((await follow(link, bearing('abc'))).status).toBe(401)
    expect((await follow(link, bearing(await tokenFor(OTHER_USER)))).status).toBe(403)
    expect((await follow(ruined, bearing(await tokenFor(USER)))).status).toBe(200)
  })

  it('a token in the query decides, right or wrong', async () => {
    const link = await linkTo()
    const token = async (user: string) => `${link.href}&access_token=${await tokenFor(user)}`
    expect((await follow(`${link.href}&access_token=abc`)).status).toBe(401)
    expect((await follow(await token(OTHER_USER))).status).toBe(403)
    const ruined = (await token(USER)).replace('expires=', 'expires=1')
    expect((await follow(ruined)).status).toBe(200)
  })

  it('a token in the query means nothing where those are turned off', async () => {
    const bindings = { ALLOW_QUERY_TOKEN: false }
    const link = await linkTo()
    expect((await follow(`${link.href}&access_token=abc`, { bindings })).status).toBe(200)
    const token = `${link.pathname}?access_token=${await tokenFor(USER)}`
    expect((await call(token, { user: null, bindings })).status).toBe(401)
  })

  it('a setting of tokens that cannot be meant closes this door, too', async () => {
    const bindings = { JWKS_URL: 'https://login.example/keys' }
    expect((await follow(await linkTo(), { bindings })).status).toBe(500)
  })

  it('an empty token is none', async () => {
    expect((await follow(`${(await linkTo()).href}&access_token=`)).status).toBe(200)
  })
})

const followWith = async (link: URL, bindings: Partial<Env>) =>
  (await follow(link, { bindings })).status

const NEW_SECRET = 'a new secret, as long as it must be'

describe('while the secret changes, a signed link', () => {
  it('under the one before is good as long as that one is named', async () => {
    const link = await linkTo()
    const JWT_SECRET = NEW_SECRET
    expect(await followWith(link, { JWT_SECRET, JWT_SECRET_PREVIOUS: env.JWT_SECRET })).toBe(200)
    expect(await followWith(link, { JWT_SECRET, JWT_SECRET_PREVIOUS: '' })).toBe(403)
    expect(await followWith(link, { JWT_SECRET })).toBe(403)
  })

  it('is made under the new one', async () => {
    const bindings = { JWT_SECRET: NEW_SECRET, JWT_SECRET_PREVIOUS: env.JWT_SECRET }
    const link = await linkTo('csv', `${EXPORTS}/${id}`, { bindings })
    expect(await followWith(link, { JWT_SECRET: NEW_SECRET })).toBe(200)
    expect(await followWith(link, {})).toBe(403)
  })

  it('is a 500 where there is none, and the log says why', async () => {
    const link = await linkTo()
    const { status, text } = await follow(link, { bindings: { JWT_SECRET: '' } })
    expect(status).toBe(500)
    expect(text).not.toContain('JWT_SECRET')
    expect(log).toHaveBeenCalledWith(expect.stringContaining('JWT_SECRET is not set'))
  })

  it('cannot be made by signing with the secret itself', async () => {
    const link = await linkTo()
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(env.JWT_SECRET),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    const text = JSON.stringify([link.pathname, USER, link.searchParams.get('expires')])
    const mac = new Uint8Array(
      await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)),
    )
    const signature = btoa(String.fromCharCode(...mac))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, '')
    expect((await follow(bent(link, 'signature', () => signature))).status).toBe(403)
  })
})

describe('LINK_TTL_SECONDS', () => {
  it.each([60, '60', '1', 86_400])('of %j is how long a link is good', async (seconds) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T05:00:00Z') })
    const link = await linkTo('csv', `${EXPORTS}/${id}`, {
      bindings: { LINK_TTL_SECONDS: seconds },
    })
    pass(Number(seconds) - 1)
    expect((await follow(link)).status).toBe(200)
    pass(1)
    expect((await follow(link)).status).toBe(403)
  })

  it.each(['', 'soon', '15m', '-1', '0', '0000', '1.5', '1e3', '99999999999', 0, -1, 1.5])(
    'of %j is a 500 before a log is made, and the log says why',
    async (seconds) => {
      const bindings = { LINK_TTL_SECONDS: seconds }
      for (const { status } of [
        await post({}, { bindings }),
        await call(`${EXPORTS}/${id}`, { bindings }),
        await call(EXPORTS, { bindings }),
      ]) {
        expect(status).toBe(500)
      }
      expect(log).toHaveBeenCalledWith(expect.stringContaining('LINK_TTL_SECONDS must be'))
      const { results } = await env.DB.prepare('SELECT id FROM export_logs').all()
      expect(results).toEqual([{ id }])
    },
  )
})
