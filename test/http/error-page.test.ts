import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, MAILING, OTHER_USER, type Call } from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { logOf } from '../helpers/files.ts'

vi.spyOn(console, 'error').mockImplementation(() => undefined)

/** What Chromium sends when a person follows a link. */
const BROWSER =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8'

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await insert('account_list_users', { account_list_id: LIST, user_id: OTHER_USER })
  await addContact({ name: 'Ann' })
  id = await logOf({})
  await call(`${EXPORTS}/${id}.csv`)
})

const browse = (path: string, { headers, ...rest }: Call = {}) =>
  call(path, { headers: { accept: BROWSER, ...Object.fromEntries(new Headers(headers)) }, ...rest })

const file = () => `${EXPORTS}/${id}.csv`
const kept = (headers: Record<string, string>): Call => ({ headers })

/** A user who has made all the files of this minute. */
const limit = { limit: async () => ({ success: false }) }
const spent: Call = { bindings: { RATE_LIMITS: 'on', LOG_LIMIT: limit, FILE_LIMIT: limit } }

/**
 * Every error of a file route: its path, what the call changes, its status, and words of the page.
 */
const errors: readonly [string, () => [string, Call?], number, RegExp][] = [
  ['an id that is none', () => [`${EXPORTS}/abc.csv`], 400, /UUID/],
  ['a mark that is none', () => [`${file()}?bom=x`], 400, /byte order mark/],
  [
    'a filter that cannot be read',
    () => [`${EXPORTS}.csv?filter[newsletter]=x`],
    400,
    /must be one of/,
  ],
  ['no token', () => [file(), { user: null }], 401, /Sign in/],
  ['a broken token', () => [`${file()}?access_token=abc`, { user: null }], 401, /Sign in/],
  ['a one-shot without a token', () => [`${MAILING}.xlsx`, { user: null }], 401, /Sign in/],
  ['a bent link', () => [`${file()}?signature=abc`, { user: null }], 403, /get a new one/],
  ['another user', () => [file(), { user: OTHER_USER }], 403, /Not allowed/],
  ['a log that is not there', () => [`${MAILING}/${newId()}.xlsx`], 404, /make a new one/],
  ['a format that is not there', () => [`${EXPORTS}/${id}.ods`], 404, /csv, xlsx, and pdf/],
  ['such a format of a one-shot', () => [`${EXPORTS}.ods`], 404, /csv, xlsx, and pdf/],
  [
    'an account list that is not there',
    () => [`${EXPORTS}.csv?filter[account_list_id]=${newId()}`],
    404,
    /does not exist/,
  ],
  ['a format that is no word', () => [`${MAILING}/${id}.7z%20`], 404, /csv, xlsx, and pdf/],
  ['another method', () => [file(), { method: 'POST' }], 405, /accepts GET, HEAD/],
  ['a state that is past', () => [file(), kept({ 'If-Match': '"x"' })], 412, /preconditions/],
  ['a range past the end', () => [file(), kept({ Range: 'bytes=9999-' })], 416, /after the end/],
  ['too many calls', () => [`${MAILING}.csv`, spent], 429, /Wait a minute/],
  ['no secret', () => [file(), { bindings: { JWT_SECRET: '' } }], 500, /in our log/],
  [
    'a database that fails',
    () => [file(), { bindings: { DB: spyOnDatabase(() => new Error('D1 is away')).database } }],
    500,
    /in our log/,
  ],
]

/** Where the button of a page leads, and what it says. */
const linkOf = (text: string) => /<a href="([^"]+)"[^>]*>([^<]+)<\/a/.exec(text)?.slice(1)

const unescaped = (html: string) =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')

describe('for a person, an error of a file', () => {
  it.each(errors)('for %s is a page of the same status', async (_, request, expected, words) => {
    const [path, init] = request()
    const { status, headers, text } = await browse(path, init)
    expect(status).toBe(expected)
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Vary')?.split(', ').toSorted()).toEqual(['Accept', 'Origin'])
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/)
    expect(text).toMatch(new RegExp(`<title>${expected} [A-Z][A-Za-z ]+</title>`))
    expect(text.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1)
    expect(text).toMatch(words)
    expect(text).not.toMatch(/Ann|D1 is away|JWT_SECRET|select|\.ts/)
  })

  it.each(errors)('for %s is JSON:API for everybody else', async (_, request, expected) => {
    const [path, init = {}] = request()
    const { status, headers, text } = await call(path, init)
    expect(status).toBe(expected)
    expect(headers.get('Content-Type')).toBe('application/vnd.api+json; charset=utf-8')
    expect(headers.get('Vary')?.split(', ').toSorted()).toEqual(['Accept', 'Origin'])
    const page = await browse(path, init)
    for (const name of ['Allow', 'WWW-Authenticate', 'Content-Range', 'Retry-After']) {
      expect(page.headers.get(name)).toBe(headers.get(name))
    }
    if (expected === 500) return
    for (const { detail } of JSON.parse(text).errors) {
      expect(unescaped(page.text)).toContain(detail)
    }
  })

  it('says of nothing but a log that it may have been deleted', async () => {
    const pages = await Promise.all(
      [
        `${EXPORTS}/${newId()}.csv`,
        `${EXPORTS}/${id}.ods`,
        `${MAILING}/${id}.CSV`,
        `${EXPORTS}.numbers`,
        `${MAILING}.`,
        `${EXPORTS}.csv?filter[account_list_id]=${newId()}`,
        '/nowhere.csv',
      ].map(async (path) => (await browse(path)).text),
    )
    expect(pages.map((text) => text.includes('may have been deleted'))).toEqual(
      pages.map((_, index) => index === 0),
    )
    expect(pages[1]).toContain('The address of a file ends in .csv, .xlsx, or .pdf.')
  })

  it('leads back to the console, or to where people sign in', async () => {
    const { text } = await browse(`${EXPORTS}/abc.csv`)
    expect(linkOf(text)).toEqual(['/', 'Back to the console'])
    const bindings = { CONSOLE_SIGN_IN_URL: 'https://office.example/sign-in?a=1&b=2' }
    const page = await browse(`${EXPORTS}/abc.csv`, { bindings })
    expect(linkOf(page.text)).toEqual([
      'https://office.example/sign-in?a=1&amp;b=2',
      'Back to the application',
    ])
    const invalid = await browse(`${EXPORTS}/abc.csv`, {
      bindings: { CONSOLE_SIGN_IN_URL: 'javascript:alert(1)' },
    })
    expect([invalid.status, linkOf(invalid.text)]).toEqual([500, ['/', 'Back to the console']])
  })

  it('has the id of the request, as it is in the log', async () => {
    const { text } = await browse(`${EXPORTS}/abc.csv`, {
      headers: { 'CF-Ray': '9e3b1c52f0a1d2c3' },
    })
    expect(text).toContain('<small>Request 9e3b1c52f0a1d2c3</small>')
  })

  it('has the same headers for a HEAD, and no body', async () => {
    const { status, headers, text } = await browse(`${EXPORTS}/abc.csv`, { method: 'HEAD' })
    expect([status, text]).toEqual([400, ''])
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  })

  it('may have nothing on it but its own style', async () => {
    const { headers, text } = await browse(`${EXPORTS}/abc.csv`)
    const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain(`style-src 'sha256-${hash}'`)
    expect(text).not.toMatch(/<script|<img|<link|style=|https?:/)
  })

  it.each([
    ['<script>alert(1)<script>', '&lt;script&gt;'],
    ['"><img src=x onerror=alert(1)>', '&quot;&gt;&lt;img'],
    ["'-alert(1)-'", '&#39;-alert'],
    ['&lt;b&gt;', '&amp;lt;b'],
  ])('shows the hostile path %s as a text', async (name, shown) => {
    const { status, text } = await browse(`${EXPORTS}/${encodeURI(name)}.csv`)
    expect(status).toBe(400)
    expect(text).toContain(shown)
    expect(text).not.toMatch(/<script|<img|<b>/)
  })

  it('shows a hostile parameter as a text', async () => {
    const { status, text } = await browse(
      `${EXPORTS}.csv?<script>=1&filter[<b>]=2&x<i>=3&filter[ids][<u>]=4`,
    )
    expect(status).toBe(400)
    expect(text).not.toMatch(/<script|<b>|<i>|<u>/)
  })
})

describe('an Accept', () => {
  it.each([
    BROWSER,
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'text/html;q=0.1, application/json',
    'application/json, text/html',
  ])('of %s gets a page', async (accept) => {
    const { headers } = await browse(`${EXPORTS}/abc.csv`, { headers: { Accept: accept } })
    expect(headers.get('Content-Type')).toMatch(/^text\/html/)
  })

  it.each([
    '*/*',
    'text/*',
    '',
    'text/csv',
    'application/json, text/plain, */*',
    'text/html;q=0',
    'application/xhtml+xml',
    'text/htmlx',
  ])('of %j gets JSON:API', async (accept) => {
    const { headers } = await browse(`${EXPORTS}/abc.csv`, { headers: { Accept: accept } })
    expect(headers.get('Content-Type')).toMatch(/^application\/vnd\.api\+json/)
  })

  const NO_FILES = [`${EXPORTS}/abc`, EXPORTS, `${MAILING}/abc`, '/nowhere', `${EXPORTS}/preview`]

  it('of a browser gets a page where there is no file, too', async () => {
    for (const path of NO_FILES) {
      const { status, headers, text } = await browse(path, { user: null })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
      expect(headers.get('Vary')?.split(', ').toSorted()).toEqual(['Accept', 'Origin'])
      expect(text).toContain('Back to the console')
    }
  })

  it.each(['application/vnd.api+json, text/html', 'text/html, application/json;q=0.5', '*/*'])(
    'of %s gets a document where there is no file',
    async (accept) => {
      for (const path of NO_FILES) {
        const { headers } = await browse(path, { user: null, headers: { Accept: accept } })
        expect(headers.get('Content-Type')).toMatch(/^application\/(?:vnd\.api\+)?json/)
      }
    },
  )

  it('of a browser gets the file, when there is one', async () => {
    const { status, headers } = await browse(file())
    expect([status, headers.get('Content-Type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ])
  })
})
