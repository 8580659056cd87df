import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, ORIGIN, post, postDocument, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList, add, addPerson, LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { bucketWith, spyOnDatabase } from '../helpers/faults.ts'
import { download, logOf } from '../helpers/files.ts'

/** Stands for what nobody may find in a log, wherever it comes from. */
const SECRET = 'Mallory7f3c9'

const written: string[] = []
for (const method of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) {
  vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
    written.push(...values.map(String))
  })
}

let id = ''
let token = ''
let links: Record<string, string> = {}

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { name: SECRET, default_currency: SECRET })
  const contact = await addContact({
    name: `${SECRET}, Ann`,
    notes: SECRET,
    status: SECRET,
    greeting: SECRET,
    envelope_greeting: SECRET,
    church_name: SECRET,
    send_newsletter: SECRET,
    pledge_currency: SECRET,
    pledge_frequency: 1,
    pledge_amount: 50,
  })
  const person = await addPerson(contact, { first_name: SECRET, last_name: SECRET })
  await add('email_addresses', { person_id: person, email: `${SECRET}@a.example` })
  await add('phone_numbers', { person_id: person, number: SECRET })
  await add('addresses', { contact_id: contact, street: SECRET, city: SECRET, country: SECRET })
  await insert('contact_tags', { contact_id: contact, name: SECRET })
  id = await logOf({ status: SECRET })
  token = await tokenFor(USER)
  links = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links
  written.length = 0
})

const query = `?access_token=${SECRET}&filter[name_like]=${SECRET}&${SECRET}=1&fields[${SECRET}]=x&page[after]=${SECRET}`

/** Every header that means something to us, or to whoever stands between us and a client. */
const headers = Object.fromEntries(
  [
    'Accept',
    'Accept-Language',
    'Authorization',
    'Content-Type',
    'Cookie',
    'Forwarded',
    'If-Match',
    'If-Modified-Since',
    'If-None-Match',
    'If-Range',
    'If-Unmodified-Since',
    'Origin',
    'Range',
    'Referer',
    'User-Agent',
    'X-Forwarded-For',
    `X-${SECRET}`,
  ].map((name) => [name, SECRET]),
)

/** With a token that holds, so that the rest is looked at, too. */
const withToken = () => ({
  headers: { ...headers, Authorization: `Bearer ${token}`, 'CF-Ray': `x ${SECRET}` },
})
const document = { data: { type: SECRET, id: SECRET, attributes: { [SECRET]: SECRET } } }
const { Accept: _a, 'Content-Type': _c, ...plain } = headers

const requests: [string, (bindings: object) => Promise<unknown>][] = [
  [
    'a token in the query',
    (bindings) => call(`${EXPORTS}/${id}${query}`, { user: null, bindings }),
  ],
  ['a path', (bindings) => call(`/${SECRET}/${SECRET}.csv${query}`, { bindings })],
  ['an id', (bindings) => call(`${EXPORTS}/${SECRET}${query}`, { bindings })],
  ['a file of an id', (bindings) => call(`${EXPORTS}/${SECRET}.csv${query}`, { bindings })],
  ['headers', (bindings) => call(`${EXPORTS}/${id}.csv${query}`, { headers, bindings })],
  ['headers beside a token', (bindings) => call(`${EXPORTS}/${id}`, { ...withToken(), bindings })],
  ['headers for a file', (bindings) => call(`${EXPORTS}/${id}.csv`, { ...withToken(), bindings })],
  [
    'the list',
    (bindings) => call(`${EXPORTS}?page[after]=${SECRET}&filter[type]=${SECRET}`, { bindings }),
  ],
  [
    'a filter',
    (bindings) => post({ filter: { name_like: SECRET, [SECRET]: SECRET } }, { bindings }),
  ],
  ['a bad filter', (bindings) => post({ filter: { status_valid: SECRET } }, { bindings })],
  ['a document', (bindings) => postDocument(document, { bindings, headers: plain })],
  ['no document', (bindings) => postDocument(`{"${SECRET}`, { bindings })],
  ['a one-shot', (bindings) => call(`${EXPORTS}.csv?filter[status]=${SECRET}`, { bindings })],
  ['a bad one-shot', (bindings) => call(`${EXPORTS}.csv?filter=${SECRET}`, { bindings })],
  ['a CSV file', (bindings) => download(id, 'csv', { bindings })],
  ['an XLSX file', (bindings) => download(id, 'xlsx', { bindings })],
  ['a mailing file', (bindings) => call(`${EXPORTS}/mailing/${id}.csv`, { bindings })],
  [
    'a link',
    (bindings) => call((links['csv'] ?? '').slice(ORIGIN.length), { user: null, bindings }),
  ],
  ['a deletion', (bindings) => call(`${EXPORTS}/${id}`, { method: 'DELETE', bindings })],
  [
    'a page',
    (bindings) => call(`${EXPORTS}/${SECRET}.csv`, { headers: { Accept: 'text/html' }, bindings }),
  ],
]

const failing = () => Promise.reject(new Error('R2 is away'))
const awayBucket = bucketWith({ put: failing, get: failing, head: failing, delete: failing })

/** A fault that quotes what was asked, as those of drizzle do. */
const telling = (part: string) =>
  spyOnDatabase((sql) =>
    sql.includes(part)
      ? new Error(`Failed query: ${sql} params: ${SECRET}`, { cause: new Error('D1 is away') })
      : undefined,
  ).database

/** Breaks what a request breaks, and puts it together again. */
const withoutFileRecords = async (request: () => Promise<unknown>) => {
  await env.DB.prepare('ALTER TABLE export_files RENAME TO elsewhere').run()
  await request()
  await env.DB.prepare('ALTER TABLE elsewhere RENAME TO export_files').run()
}

const states: [string, () => object, (request: () => Promise<unknown>) => Promise<unknown>][] = [
  ['goes well', () => ({}), (request) => request()],
  ['finds R2 away', () => ({ FILES: awayBucket }), (request) => request()],
  ['finds D1 away', () => ({ DB: telling('export_logs') }), (request) => request()],
  ['finds D1 away half-way', () => ({ DB: telling('"people"') }), (request) => request()],
  ['finds no secret', () => ({ JWT_SECRET: '' }), (request) => request()],
  ['fails in D1 itself', () => ({}), withoutFileRecords],
]

describe.each(states)('a request that %s', (_, bindings, run) => {
  it.each(requests)('leaves nothing private in the log: %s', async (__, request) => {
    // What breaks a transfer ends in the log of the runtime.
    await run(() => request(bindings()).catch((error: unknown) => written.push(String(error))))
    expect(written.length).toBeGreaterThan(0)
    const log = written.join('\n').toLowerCase()
    const { searchParams } = new URL(links['csv'] ?? '')
    const secrets = [SECRET, token, env.JWT_SECRET, searchParams.get('signature') ?? '', 'https://']
    for (const secret of secrets) expect(log).not.toContain(secret.toLowerCase())
  })
})
