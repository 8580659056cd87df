import { createHash } from 'node:crypto'
import assert from 'node:assert/strict'
import * as z from 'zod'
import { fileFormats } from '../../src/formats/file-formats.ts'

/** A client of one user. It keeps a few logs, and knows of each file that it has had what it was. */
export type Client = {
  readonly name: string
  readonly origin: string
  readonly token: string
  /** The ids of its logs, the oldest first, and the digests of their files, by path. */
  readonly logs: Map<string, Map<string, string>>
  /** A log of somebody else. */
  readonly foreignLog: string
}

const MOST_LOGS = 30
const EXPORTS = '/api/v2/contacts/exports'
const JSON_API = 'application/vnd.api+json'

/** The files of a log, by what stands around its id. */
const FILES = ['/', '/mailing/'].flatMap((path) =>
  fileFormats.flatMap(({ extension, variants }) =>
    ['', ...variants.map(({ name }) => `?${name}=true`)].map(
      (query) => [path, `.${extension}${query}`] as const,
    ),
  ),
)

const FILTERS = [
  {},
  { status: 'active' },
  { status: 'Partner - Financial,hidden' },
  { wildcard_search: 'an' },
  { newsletter: 'all', any_filter: true, contact_info_email: 'Yes' },
  { contact_info_addr: 'No' },
  { donation_amount_range: { min: 5 }, reverse_donation_amount_range: true },
]

const logDocument = z.object({
  data: z.object({
    id: z.string(),
    links: z.object({ csv: z.string(), xlsx: z.string() }),
    meta: z
      .object({
        files: z
          .record(z.string(), z.object({ sha256: z.string(), bytes: z.number() }))
          .default({}),
      })
      .default({ files: {} }),
  }),
})

const one = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(Math.random() * items.length)]
  assert.ok(item !== undefined)
  return item
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes)

async function ask(client: Client, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  if (!headers.has('Authorization')) headers.set('Authorization', `Bearer ${client.token}`)
  return fetch(new URL(path, client.origin), { ...init, headers })
}

/** Asks, and wants a status. */
async function expectStatus(client: Client, status: number, path: string, init: RequestInit = {}) {
  const response = await ask(client, path, init)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const told = `${init.method ?? 'GET'} ${path.split('?')[0]}: ${new TextDecoder().decode(bytes.subarray(0, 300))}`
  assert.equal(response.status, status, told)
  return { bytes, headers: response.headers }
}

const parsed = (bytes: Uint8Array) =>
  logDocument.parse(JSON.parse(new TextDecoder().decode(bytes))).data

export async function makeLog(client: Client): Promise<string> {
  const path = one([EXPORTS, EXPORTS, `${EXPORTS}/mailing`])
  const filter = one(FILTERS)
  const params = { filter: one([filter, JSON.stringify(filter)]) }
  const body = JSON.stringify({ data: { type: 'export_logs', attributes: { params } } })
  const headers = { 'Content-Type': JSON_API }
  const { bytes } = await expectStatus(client, 201, path, { method: 'POST', headers, body })
  return parsed(bytes).id
}

/** One of its logs, now and then a new one. */
async function aLog(client: Client): Promise<string> {
  if (client.logs.size > MOST_LOGS) await removeLog(client)
  if (client.logs.size > 0 && Math.random() < 0.8) return one([...client.logs.keys()])
  const id = await makeLog(client)
  client.logs.set(id, new Map())
  return id
}

async function removeLog(client: Client): Promise<void> {
  const [id] = client.logs.keys()
  if (id === undefined) return
  client.logs.delete(id)
  await expectStatus(client, 204, `${EXPORTS}/${id}`, { method: 'DELETE' })
  await expectStatus(client, 404, `${EXPORTS}/${id}`)
  await expectStatus(client, 404, `${EXPORTS}/${id}.csv`)
}

function aFile(id: string): string {
  const [before, after] = one(FILES)
  return `${EXPORTS}${before}${id}${after}`
}

/** Has a file twice: the second time it is kept, and the same; so it was when it was had before. */
async function download(client: Client): Promise<void> {
  const id = await aLog(client)
  const digests = client.logs.get(id)
  const path = aFile(id)
  const first = await expectStatus(client, 200, path)
  const digest = sha256(first.bytes)
  const hex = digest.copy().digest('hex')
  const { headers, bytes } = await expectStatus(client, 200, path)
  assert.equal(sha256(bytes).digest('hex'), hex, 'the second file is the first one')
  assert.equal(headers.get('Repr-Digest'), `sha-256=:${digest.digest('base64')}:`)
  assert.equal(headers.get('Content-Length'), String(bytes.length))
  const { meta } = parsed((await expectStatus(client, 200, `${EXPORTS}/${id}`)).bytes)
  const told = Object.values(meta.files).find((file) => file.sha256 === hex)
  assert.equal(told?.bytes, bytes.length, 'the log tells of the file')
  assert.equal(digests?.get(path) ?? hex, hex, 'a file stays what it was')
  digests?.set(path, hex)
}

async function partly(client: Client): Promise<void> {
  const id = await aLog(client)
  const path = aFile(id)
  await expectStatus(client, 200, path)
  const { bytes, headers } = await expectStatus(client, 200, path)
  const from = Math.floor(Math.random() * bytes.length)
  const end = from + 1 + Math.floor(Math.random() * 5000)
  const part = await expectStatus(client, 206, path, {
    headers: { Range: `bytes=${from}-${end - 1}` },
  })
  assert.deepEqual(part.bytes, bytes.slice(from, end))
  const etag = headers.get('ETag') ?? ''
  await expectStatus(client, 304, path, { headers: { 'If-None-Match': etag } })
  await expectStatus(client, 412, path, { headers: { 'If-Match': '"x"' } })
  await expectStatus(client, 416, path, { headers: { Range: `bytes=${bytes.length}-` } })
}

/** Begins to read a new file, and goes away; now and then the log goes, too. */
async function leave(client: Client): Promise<void> {
  const id = await makeLog(client)
  const control = new AbortController()
  const { body } = await ask(client, aFile(id), { signal: control.signal })
  await body?.getReader().read()
  control.abort()
  await expectStatus(client, 200, `${EXPORTS}/${id}`)
  await expectStatus(client, 204, `${EXPORTS}/${id}`, { method: 'DELETE' })
}

async function look(client: Client): Promise<void> {
  const id = await aLog(client)
  await expectStatus(client, 200, `${EXPORTS}/${id}?include=user`)
  for (const path of [
    `${EXPORTS}/${id}`,
    `${EXPORTS}/${id}.csv`,
    `${EXPORTS}/${id}.xlsx`,
    `${EXPORTS}.csv`,
    EXPORTS,
  ]) {
    const { bytes } = await expectStatus(client, 200, path, { method: 'HEAD' })
    assert.equal(bytes.length, 0)
  }
  const list = await expectStatus(client, 200, `${EXPORTS}?page[size]=5`)
  const { links } = z
    .object({ links: z.object({ next: z.string().nullable() }) })
    .parse(JSON.parse(new TextDecoder().decode(list.bytes)))
  if (links.next !== null) await expectStatus(client, 200, links.next)
  await expectStatus(client, 200, '/health')
  await expectStatus(client, 200, `${EXPORTS}/preview?filter[status]=active`)
}

async function follow(client: Client): Promise<void> {
  const id = await aLog(client)
  const { links } = parsed((await expectStatus(client, 200, `${EXPORTS}/${id}`)).bytes)
  for (const [link, status] of [
    [links.csv, 200],
    [links.xlsx, 200],
    [links.csv.slice(0, -1), 403],
  ] as const) {
    const response = await fetch(link, { headers: { Accept: 'text/html' } })
    await response.arrayBuffer()
    assert.equal(response.status, status, 'a link')
  }
}

async function oneShot(client: Client): Promise<void> {
  const path = one(['.csv', '.xlsx', '/mailing.csv', '/mailing.xlsx'])
  const filter = encodeURIComponent(JSON.stringify(one(FILTERS)))
  const { headers, bytes } = await expectStatus(client, 200, `${EXPORTS}${path}?filter=${filter}`)
  const log = /<([^>]+)>/.exec(headers.get('Link') ?? '')?.[1] ?? ''
  const again = await expectStatus(client, 200, `${log}${path.slice(path.lastIndexOf('.'))}`)
  assert.equal(sha256(again.bytes).digest('hex'), sha256(bytes).digest('hex'))
  await expectStatus(client, 204, log.replace('/mailing/', '/'), { method: 'DELETE' })
}

async function askWrongly(client: Client): Promise<void> {
  const id = await aLog(client)
  const json = { 'Content-Type': JSON_API }
  const post = (body: string, headers: Record<string, string> = json) => ({
    method: 'POST',
    headers,
    body,
  })
  await expectStatus(client, 400, EXPORTS, post('{'))
  await expectStatus(client, 400, EXPORTS, post('['.repeat(500_000)))
  await expectStatus(client, 401, EXPORTS, { headers: { Authorization: 'Bearer x' } })
  await expectStatus(client, 403, `${EXPORTS}/${client.foreignLog}`)
  await expectStatus(client, 404, `${EXPORTS}/${id}.ods`)
  await expectStatus(client, 405, EXPORTS, { method: 'PUT' })
  await expectStatus(client, 406, EXPORTS, { headers: { Accept: 'image/png' } })
  await expectStatus(client, 409, EXPORTS, post('{"data":{"type":"x"}}'))
  await expectStatus(client, 413, EXPORTS, post('x'.repeat(1024 * 1024 + 1)))
  await expectStatus(client, 415, EXPORTS, post('{}', { 'Content-Type': 'text/plain' }))
}

/** What clients do, the more often the oftener it stands here. */
export const ACTIONS: readonly ((client: Client) => Promise<void>)[] = [
  download,
  download,
  download,
  partly,
  leave,
  look,
  look,
  follow,
  oneShot,
  askWrongly,
  removeLog,
]
