import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { ResponseObject as Answer, Content, Operation } from '../../openapi/operation.ts'
import { call, EXPORTS, OTHER_USER, USER, type Call } from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { insert } from '../helpers/database.ts'
import { syncToken, type Claims } from '../helpers/sync.ts'
import { EXTENSIONS, download, logOf } from '../helpers/files.ts'
import { choiceRequest, isChoice } from './choice-requests.ts'
import { description, faultsOf, resolved } from './schemas.ts'

/**
 * Every response of the Worker that the description names. `/openapi.json` is a static asset, which
 * `test/scripts/assets.test.ts` requests.
 */
const paths = Object.entries(description.paths).filter(([path]) => path !== '/openapi.json')
const answers = paths.flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) =>
    Object.keys(operation.responses).map((status) => ({
      name: `${method.toUpperCase()} ${path} ${status}`,
      path,
      method: method.toUpperCase(),
      operation,
      status: Number(status),
    })),
  ),
)

vi.spyOn(console, 'error').mockImplementation(() => undefined)

let id = ''
let othersId = ''
let runId = ''

beforeAll(async () => {
  await addList()
  await addContact()
  id = await logOf({ status: 'active', colour: 'red' })
  for (const format of EXTENSIONS) {
    await download(id, format)
    await call(`${EXPORTS}/mailing/${id}.${format}`)
  }
  othersId = await logOf({}, { user: OTHER_USER })
  runId = newId()
  await insert('sync_runs', { id: runId, user_id: USER, position: '1', state: 'done' })
  await insert('deleted_records', { type: 'tasks', id: newId(), account_list_id: LIST })
})

/** Headers of every answer, which the description leaves out. */
const GENERAL = new Set([
  'content-type',
  'content-length',
  'content-security-policy',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'vary',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
])

describe('every answer is as the description says', () => {
  it.each(answers)('$name', async ({ path, method, operation, status }) => {
    const [url, init] = await requestFor(path, method, status)
    const answer = await call(url, { method, ...init })
    expect(answer.status).toBe(status)
    const described = resolved(answerOf(operation, status))
    expect(faultsOfHeaders(answer.headers, described)).toEqual([])
    expect(faultsOfBody(answer, method === 'HEAD' ? undefined : described.content)).toEqual([])
  })

  it.each(answers.filter((answer) => isDocument(answer)))(
    '$name, as application/json',
    async ({ path, method, operation, status }) => {
      const [url, init = {}] = await requestFor(path, method, status)
      const answer = await call(url, { method, ...withHeader(init, 'Accept', 'application/json') })
      expect(answer.status).toBe(status)
      const { content = {} } = resolved(answerOf(operation, status))
      expect(answer.headers.get('Content-Type')).toBe('application/json')
      expect(content['application/json']).toEqual(content['application/vnd.api+json'])
      expect(faultsOfBody(answer, content)).toEqual([])
    },
  )

  it.each(
    answers.filter(({ path, status, method }) => isFile(path) && status >= 400 && method === 'GET'),
  )('$name, to a person', async ({ path, method, operation, status }) => {
    const [url, init = {}] = await requestFor(path, method, status)
    const answer = await call(url, { method, ...withHeader(init, 'Accept', 'text/html') })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(resolved(answerOf(operation, status)).content).toHaveProperty('text/html')
  })
})

/** What is missing among the headers, other than described, or not described at all. */
function faultsOfHeaders(given: Headers, { headers = {} }: Answer): readonly string[] {
  const told = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const untold = [...given.keys()].filter((name) => !told.has(name) && !GENERAL.has(name))
  return [
    ...untold.map((name) => `${name} is not described`),
    ...Object.entries(headers).flatMap(([name, header]) => {
      const { required, schema } = resolved(header)
      const value = given.get(name)
      if (value === null) return required ? [`${name} is missing`] : []
      return faultsOf(schema, value)
    }),
  ]
}

function faultsOfBody(
  { headers, text }: { readonly headers: Headers; readonly text: string },
  content: Content | undefined,
): readonly string[] {
  if (!content) return text === '' ? [] : ['there is a body']
  const type = headers.get('Content-Type')?.split(';')[0] ?? ''
  const { schema } = content[type] ?? {}
  if (!schema) return [`${type} is not described`]
  return faultsOf(schema, /[+/]json$/.test(type) ? JSON.parse(text) : text)
}

function answerOf({ responses }: Operation, status: number) {
  const answer = responses[String(status)]
  if (!answer) throw new Error(`The description has no ${status}.`)
  return answer
}

/** Whether the description has it in JSON:API; a 406 is for clients that take no document. */
const isDocument = ({ method, operation, status }: (typeof answers)[number]): boolean =>
  method !== 'HEAD' &&
  status !== 406 &&
  Object.hasOwn(resolved(answerOf(operation, status)).content ?? {}, 'application/vnd.api+json')

const isFile = (path: string): boolean =>
  EXTENSIONS.some((extension) => path.endsWith(`.${extension}`))

type Asked = readonly [url: string, init?: Call]

/** A request that is answered so. */
async function requestFor(path: string, method: string, status: number): Promise<Asked> {
  if (path === '/health') {
    return [path, status === 200 ? { user: null } : { user: null, bindings: { JWT_SECRET: '' } }]
  }
  if (/^\/api\/v2\/(?:sync|deleted_records)/.test(path)) return syncRequest(path, method, status)
  if (method === 'PATCH' && !isChoice(path)) return nameRequest(path, status)
  const isOwn = [400, 404, 409, 413, 415].includes(status)
  const choice = isChoice(path) ? await choiceRequest(path, method, status) : undefined
  const url = choice?.[0] ?? path.replace('{id}', id)
  const init = choice?.[1] ?? (method === 'POST' ? posted() : {})
  if (choice && (isOwn || status < 400)) return choice
  if (choice && status === 406) return [url, withHeader(init, 'Accept', 'text/plain')]
  switch (status) {
    case 400:
      if (method === 'DELETE') return [path.replace('{id}', 'x')]
      return [`${url}?${isFile(path) ? 'bom=perhaps' : 'include=nobody'}`, init]
    case 401:
      return [url, { ...init, user: null }]
    case 403:
      if (method === 'POST') return [url, posted({ relationships: otherUser })]
      if (!path.includes('{id}')) return [url, { user: null, headers: await syncHeaders() }]
      return [path.replace('{id}', othersId)]
    case 404:
      if (method === 'POST') return [url, posted({}, { account_list_id: newId() })]
      if (path.includes('{id}')) return [path.replace('{id}', newId())]
      return [`${url}?filter[account_list_id]=${newId()}`]
    case 429:
      // A log that has no file yet.
      return [
        choice?.[0] ?? path.replace('{id}', await logOf({})),
        {
          ...init,
          bindings: { RATE_LIMITS: 'on', LOG_LIMIT: spent, FILE_LIMIT: spent, READ_LIMIT: spent },
        },
      ]
    case 500:
      return [url, { ...init, bindings: { JWT_SECRET: '' } }]
    case 503:
      return [url, { ...init, ...withoutKeys(init) }]
    default:
      return requestOfKind(url, method, status)
  }
}

/** A request to name a log that is answered so. */
async function nameRequest(path: string, status: number): Promise<Asked> {
  const url = path.replace('{id}', id)
  const named = (members: object = {}): Call => ({
    headers: { 'Content-Type': 'application/vnd.api+json' },
    body: JSON.stringify({
      data: { type: 'export_logs', id, attributes: { name: 'Christmas letter' }, ...members },
    }),
  })
  const foreign = status === 404 ? newId() : othersId
  switch (status) {
    case 200:
      return [url, named()]
    case 400:
      return [url, named({ attributes: { name: 5 } })]
    case 401:
      return [url, { ...named(), user: null }]
    case 403:
    case 404:
      return [path.replace('{id}', foreign), named({ id: foreign })]
    case 406:
      return [url, withHeader(named(), 'Accept', 'text/plain')]
    case 409:
      return [url, named({ type: 'contacts' })]
    case 413:
      return [url, { ...named(), body: ' '.repeat(1024 * 1024 + 1) }]
    case 415:
      return [url, withHeader(named(), 'Content-Type', 'text/plain')]
    case 429:
      return [url, { ...named(), bindings: { RATE_LIMITS: 'on', LOG_LIMIT: spent } }]
    case 500:
      return [url, { ...named(), bindings: { JWT_SECRET: '' } }]
    case 503:
      return [url, { ...named(), ...withoutKeys(named()) }]
    default:
      throw new Error(`Nobody knows how to get a ${status}.`)
  }
}

/** A request to the sync API that is answered so. */
async function syncRequest(path: string, method: string, status: number): Promise<Asked> {
  const url = path.replace('{id}', runId)
  const lines: Call =
    method === 'POST' ? { headers: { 'Content-Type': 'application/x-ndjson' }, body: '' } : {}
  const sent = async (claims: Claims = {}): Promise<Call> => {
    const headers = new Headers(lines.headers)
    headers.set('Authorization', (await syncHeaders(claims)).Authorization)
    return { ...lines, user: null, headers }
  }
  switch (status) {
    case 200:
      return [url, await sent()]
    case 400:
      if (path.includes('{id}')) return [path.replace('{id}', 'x'), await sent()]
      return [`${url}?page[size]=0`, await sent()]
    case 401:
      return [url, { ...lines, user: null }]
    case 403:
      return [url, { ...lines, user: USER }]
    case 404:
      if (path.includes('{id}')) return [path.replace('{id}', newId()), await sent()]
      return [`${url}?complete=tasks&account_list_id=${LIST}`, await sent({ account_list_ids: [] })]
    case 406:
      return [url, withHeader(await sent(), 'Accept', 'text/plain')]
    case 409:
      return [`${url}?run=${runId}`, await sent()]
    case 413:
      return [url, withHeader(await sent(), 'Content-Length', '50000001')]
    case 415:
      return [url, withHeader(await sent(), 'Content-Encoding', 'br')]
    case 429:
      return [url, { ...(await sent()), bindings: { RATE_LIMITS: 'on', SYNC_LIMIT: spent } }]
    case 500:
      return [url, { ...(await sent()), bindings: { JWT_SECRET: '' } }]
    case 503:
      return [url, { ...lines, ...withoutKeys(lines) }]
    default:
      throw new Error(`Nobody knows how to get a ${status}.`)
  }
}

const syncHeaders = async (claims: Claims = {}) => ({
  Authorization: `Bearer ${await syncToken(claims)}`,
})

/** The rest, of which one kind of operation knows one or the other. */
async function requestOfKind(url: string, method: string, status: number): Promise<Asked> {
  switch (status) {
    case 200:
      return [url]
    case 201:
      return [url, posted()]
    case 204:
      return [`${EXPORTS}/${await logOf({})}`]
    case 206:
      return [url, { headers: { Range: 'bytes=0-9' } }]
    case 304:
      return [url, { headers: { 'If-None-Match': await etagOf(url) } }]
    case 406:
      return [url, withHeader(method === 'POST' ? posted() : {}, 'Accept', 'text/plain')]
    case 409:
      return [url, posted({ type: 'contacts' })]
    case 412:
      return [url, { headers: { 'If-Match': '"another"' } }]
    case 413:
      return [url, { ...posted(), body: ' '.repeat(1024 * 1024 + 1) }]
    case 415:
      return [url, withHeader(posted(), 'Content-Type', 'text/plain')]
    case 416:
      return [url, { headers: { Range: 'bytes=999999999-' } }]
    default:
      throw new Error(`Nobody knows how to get a ${status}.`)
  }
}

const posted = (members: object = {}, filter: object = {}): Call => ({
  headers: { 'Content-Type': 'application/vnd.api+json' },
  body: JSON.stringify({
    data: { type: 'export_logs', attributes: { params: { filter } }, ...members },
  }),
})

const otherUser = { user: { data: { type: 'users', id: OTHER_USER } } }

const spent: RateLimit = { limit: async () => ({ success: false }) }

function withHeader(init: Call, name: string, value: string): Call {
  const headers = new Headers(init.headers)
  headers.set(name, value)
  return { ...init, headers }
}

async function etagOf(url: string): Promise<string> {
  const { headers } = await call(url, { method: 'HEAD', user: USER })
  return headers.get('ETag') ?? ''
}

/** A token of an identity provider whose keys cannot be had: nothing listens at port 1. */
function withoutKeys(init: Call): Call {
  const bindings = {
    JWKS_URL: 'http://127.0.0.1:1/keys',
    JWT_ISSUER: 'https://identity.example',
    JWT_AUDIENCE: 'exports',
  }
  const token = `${part({ alg: 'RS256' })}.${part({ sub: USER })}.AAAA`
  return { ...withHeader(init, 'Authorization', `Bearer ${token}`), bindings }
}

const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('=', '')
