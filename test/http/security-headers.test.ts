import { beforeEach, describe, expect, it, vi } from 'vitest'
import pageHeaders from '../../site/_headers?raw'
import { call, EXPORTS, OTHER_USER } from '../helpers/api.ts'
import { addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { download, logOf } from '../helpers/files.ts'

vi.spyOn(console, 'error').mockImplementation(() => undefined)

/**
 * Of OWASP's Secure Headers Project, but for what an answer says for itself
 * (Content-Security-Policy, Cache-Control).
 */
const EXPECTED = {
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Pages of an origin that differ in it have different session storage in Chromium.
  'Origin-Agent-Cluster': '?1',
  // Browsers warn of features that they do not know, as they no longer know web-share.
  'Permissions-Policy': expect.stringMatching(/^(?!.*web-share)([a-z-]+=\(\)(, |$))+$/),
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
}

const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Of the same project's list of headers that tell what a server is made of. */
const TELLTALES = ['Server', 'X-Powered-By', 'X-AspNet-Version', 'Via']

let id = ''
let etag = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  id = await logOf({})
  await download(id)
  etag = (await download(id)).headers.get('ETag') ?? ''
})

const { database: broken } = spyOnDatabase(() => new Error('D1 is away'))
const html = { headers: { Accept: 'text/html' } }
const cross = { bindings: { ALLOWED_ORIGINS: '*' } }
const origin = { Origin: 'https://a.example' }

type Answer = readonly [string, number, () => Parameters<typeof call>]

const documents: Answer[] = [
  ['a log', 200, () => [`${EXPORTS}/${id}`]],
  ['a HEAD of a log', 200, () => [`${EXPORTS}/${id}`, { method: 'HEAD' }]],
  ['the list', 200, () => [EXPORTS]],
  ['a deletion', 204, () => [`${EXPORTS}/${id}`, { method: 'DELETE' }]],
  ['another origin that is allowed', 200, () => [EXPORTS, { ...cross, headers: origin }]],
  ['another origin that is not', 200, () => [EXPORTS, { headers: origin }]],
  ['a bad request', 400, () => [`${EXPORTS}/abc`]],
  ['nobody', 401, () => [EXPORTS, { user: null }]],
  ['somebody else', 403, () => [`${EXPORTS}/${id}`, { user: OTHER_USER }]],
  ['a changed link', 403, () => [`${EXPORTS}/${id}.csv?user=x&expires=9`, { user: null }]],
  ['a log that is not there', 404, () => [`${EXPORTS}/${newId()}`]],
  ['a path that is not there', 404, () => ['/nothing']],
  ['a wrong method', 405, () => [EXPORTS, { method: 'PUT' }]],
  ['a form that there is not', 406, () => [EXPORTS, { headers: { Accept: 'image/png' } }]],
  ['a body of another type', 415, () => [EXPORTS, { method: 'POST' }]],
  ['a fault of ours', 500, () => [EXPORTS, { bindings: { DB: broken } }]],
  ['no secret', 500, () => [EXPORTS, { bindings: { JWT_SECRET: '' } }]],
  ['the health', 200, () => ['/health']],
  ['bad health', 503, () => ['/health', { bindings: { DB: broken } }]],
]

const files: Answer[] = [
  ['a new file', 200, () => [`${EXPORTS}/${id}.xlsx`]],
  ['a HEAD of a new file', 200, () => [`${EXPORTS}/${id}.xlsx`, { method: 'HEAD' }]],
  ['a one-shot', 200, () => [`${EXPORTS}.csv`]],
  ['a kept file', 200, () => [`${EXPORTS}/${id}.csv`]],
  ['a HEAD of a kept file', 200, () => [`${EXPORTS}/${id}.csv`, { method: 'HEAD' }]],
  ['a part of it', 206, () => [`${EXPORTS}/${id}.csv`, { headers: { Range: 'bytes=0-0' } }]],
  ['one that is had', 304, () => [`${EXPORTS}/${id}.csv`, { headers: { 'If-None-Match': etag } }]],
]

const fileErrors: Answer[] = [
  ['another state of it', 412, () => [`${EXPORTS}/${id}.csv`, { headers: { 'If-Match': '"x"' } }]],
  ['a part past it', 416, () => [`${EXPORTS}/${id}.csv`, { headers: { Range: 'bytes=999999-' } }]],
]

const pages: Answer[] = [
  ['nobody', 401, () => [`${EXPORTS}/${id}.csv`, { ...html, user: null }]],
  ['a changed link', 403, () => [`${EXPORTS}/${id}.csv?signature=x`, { ...html, user: null }]],
  ['a log that is not there', 404, () => [`${EXPORTS}/${newId()}.csv`, html]],
  ['a format that there is not', 404, () => [`${EXPORTS}/${id}.ods`, html]],
  ['a fault of ours', 500, () => [`${EXPORTS}/${id}.csv`, { ...html, bindings: { DB: broken } }]],
]

async function answer(request: Parameters<typeof call>, expected: number) {
  const { status, headers } = await call(...request)
  expect(status).toBe(expected)
  expect(Object.fromEntries(headers)).toMatchObject(lowerCased(EXPECTED))
  for (const telltale of TELLTALES) expect(headers.get(telltale)).toBeNull()
  return headers
}

const lowerCased = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

describe('the security headers stand on', () => {
  it.each([...documents, ...fileErrors])('the document for %s (%i)', async (_, status, request) => {
    const headers = await answer(request(), status)
    expect(headers.get('Content-Security-Policy')).toBe(API_POLICY)
    expect(headers.get('Cache-Control')).toBe('no-store')
  })

  it.each(files)('%s (%i)', async (_, status, request) => {
    const headers = await answer(request(), status)
    expect(headers.get('Content-Security-Policy')).toBe(API_POLICY)
    expect(headers.get('Cache-Control')).toBe('private, no-cache')
    expect(headers.get('Content-Disposition')).toMatch(/^attachment; /)
  })

  it.each(pages)(
    'the page for %s (%i), which may have its own style',
    async (_, status, request) => {
      const headers = await answer(request(), status)
      expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
      expect(headers.get('Content-Security-Policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      )
      expect(headers.get('Cache-Control')).toBe('no-store')
    },
  )

  it('a preflight', async () => {
    const request = [EXPORTS, { ...cross, method: 'OPTIONS', headers: origin }] as const
    const headers = await answer([...request], 204)
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://a.example')
  })

  it('the pages of the site, which are served without the Worker', async () => {
    const { headers } = await call('/health')
    for (const name of Object.keys(EXPECTED)) {
      expect(pageHeaders).toContain(`\n  ${name}: ${headers.get(name)}\n`)
    }
  })
})
