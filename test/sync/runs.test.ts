import { env } from 'cloudflare:workers'
import { gzipSync } from 'fflate'
import { beforeEach, describe, expect, it } from 'vitest'
import { ORIGIN, OTHER_USER } from '../helpers/api.ts'
import { LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { callSync, postLines, SYNC, type Claims } from '../helpers/sync.ts'

beforeEach(emptyStorage)

const list = (id = LIST) => ({ type: 'account_lists', id, attributes: { name: 'A list' } })
const contact = (id = newId(), attributes: object = {}) => ({
  type: 'contacts',
  id,
  attributes: { account_list_id: LIST, name: 'Smith, John', ...attributes },
})

const attributesOf = ({ text }: { text: string }) => JSON.parse(text).data.attributes
/** A run without lines, by a token with such claims. @returns its id */
async function emptyRun(claims: Claims, user?: string): Promise<string> {
  const id = newId()
  const all = { ...claims, ...(user !== undefined && { user_id: user }) }
  expect((await postLines([], { query: `?run=${id}`, claims: all })).status).toBe(200)
  return id
}

/** The ids of the runs that a token may read. */
const listed = async (claims: Claims) =>
  JSON.parse((await callSync(SYNC, { claims })).text).data.map(({ id }: { id: string }) => id)
const countOf = (table: string) => env.DB.prepare(`SELECT count(*) FROM ${table}`).first('count(*)')

describe('a run', () => {
  it('writes lines and tells what became of them', async () => {
    const run = crypto.randomUUID()
    const refused = { type: 'contacts', id: newId(), attributes: { name: 7 } }
    const answer = await postLines([list(), contact(), refused, contact()], {
      query: `?run=${run.toUpperCase()}`,
    })
    expect(answer.status).toBe(200)
    const { data, meta } = JSON.parse(answer.text)
    expect(data).toEqual({
      type: 'sync_runs',
      id: run,
      attributes: {
        state: 'done',
        dry_run: false,
        started_at: expect.stringMatching(/Z$/),
        ended_at: expect.stringMatching(/Z$/),
        lines: 4,
        lines_done: 4,
        created: 3,
        updated: 0,
        unchanged: 0,
        outdated: 0,
        removed: 0,
        failed: 1,
      },
    })
    expect(meta.failures).toMatchObject([{ line: 3, id: refused.id }])
    expect(await countOf('contacts')).toBe(2)
    expect(JSON.parse((await callSync(`${SYNC}/${run}`)).text)).toEqual({ data })
    expect(await countOf('sync_leases')).toBe(0)
    const failures = await callSync(`${SYNC}/${run}/failures.ndjson`)
    expect(failures.headers.get('Content-Type')).toBe('application/x-ndjson')
    const lines = failures.text.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...meta.failures[0], text: JSON.stringify(refused) },
    ])
  })

  it('whose id is taken is a 409', async () => {
    const query = `?run=${newId()}`
    expect((await postLines([list()], { query })).status).toBe(200)
    const { status, text } = await postLines([contact()], { query })
    expect(status).toBe(409)
    expect(JSON.parse(text).errors[0].source).toEqual({ parameter: 'run' })
    expect(await countOf('contacts')).toBe(0)
  })

  it('that is dry writes nothing and is recorded', async () => {
    const { status, text } = await postLines([list(), contact()], { query: '?dry_run=true' })
    expect([status, await countOf('contacts')]).toEqual([200, 0])
    expect(attributesOf({ text })).toMatchObject({ dry_run: true, state: 'done', created: 2 })
    expect(JSON.parse((await callSync(SYNC)).text).data[0].attributes.dry_run).toBe(true)
  })

  it('with on_error=stop is stopped by the first bad line', async () => {
    const answer = await postLines([list(), '{"type":"contacts"}', contact()], {
      query: '?on_error=stop',
    })
    expect(answer.status).toBe(200)
    expect(attributesOf(answer)).toMatchObject({ state: 'stopped', failed: 1 })
    expect(await countOf('contacts')).toBe(0)
  })

  it('of no NDJSON is a 400, and its id is free', async () => {
    const query = `?run=${newId()}`
    expect((await postLines(['<xml/>', contact()], { query })).status).toBe(400)
    expect((await postLines([list()], { query })).status).toBe(200)
  })

  it('can be compressed by gzip', async () => {
    const body = gzipSync(new TextEncoder().encode(`${JSON.stringify(list())}\n`))
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' }
    const answer = await postLines([], { body, headers })
    expect(answer.status).toBe(200)
    expect(await countOf('account_lists')).toBe(1)
    const cut = await postLines([], { body: body.slice(0, -9), headers })
    expect(cut.status).toBe(400)
    const plain = await postLines([list()], { headers })
    expect(plain.status).toBe(400)
    expect(await countOf('sync_leases')).toBe(0)
  })

  it('of a gzip bomb is a 413', async () => {
    const zeros = new Uint8Array(40_000_000)
    const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' }
    const answer = await postLines([], { body: gzipSync(zeros), headers })
    expect(answer.status).toBe(413)
  })

  it('of a body that is too large is a 413, and what came before is written', async () => {
    const run = newId()
    const line = new TextEncoder().encode(`${' '.repeat(999_999)}\n`)
    let left = 51
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(list())}\n`))
      },
      pull: (controller) => {
        controller.enqueue(line.slice())
        left -= 1
        if (left === 0) controller.close()
      },
    })
    const answer = await postLines([], { body, query: `?run=${run}` })
    expect(answer.status).toBe(413)
    expect(await countOf('account_lists')).toBe(1)
    expect(attributesOf(await callSync(`${SYNC}/${run}`))).toMatchObject({
      state: 'stopped',
      created: 1,
    })
  })
})

describe('the runs', () => {
  it('of others, and of tokens that may write more, are not there', async () => {
    await insert('account_lists', { id: LIST }, { id: OTHER_LIST })
    const own = await emptyRun({ account_list_ids: [LIST] })
    const both = await emptyRun({ account_list_ids: [LIST, OTHER_LIST] })
    const all = await emptyRun({})
    const others = await emptyRun({ account_list_ids: [LIST] }, OTHER_USER)
    const limited = { account_list_ids: [LIST] }
    expect(await listed(limited)).toEqual([own])
    expect(await listed({})).toEqual([all, both, own])
    const answers = await Promise.all(
      [both, all, others, newId()].map(async (id) => {
        const { status, text } = await callSync(`${SYNC}/${id}`, { claims: limited })
        return [status, text.replaceAll(id, 'ID')]
      }),
    )
    expect(new Set(answers.map(String)).size).toBe(1)
    expect(answers[0]?.[0]).toBe(404)
    expect((await callSync(`${SYNC}/${both}/failures.ndjson`, { claims: limited })).status).toBe(
      404,
    )
  })

  it('come in pages, newest first', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) {
      ids.unshift(crypto.randomUUID())
      await postLines([], { query: `?run=${ids[0]}` })
    }
    const found: string[][] = []
    for (let next: string | null = `${SYNC}?page[size]=2`; next;) {
      const { data, links } = JSON.parse((await callSync(next)).text)
      found.push(data.map(({ id }: { id: string }) => id))
      next = links.next && links.next.slice(ORIGIN.length)
      expect(links.prev === null).toBe(found.length === 1)
    }
    expect(found).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)])
  })

  it('that have died show as failed', async () => {
    const old = new Date(Date.now() - 61_000).toISOString().replace(/\.\d+/, '')
    const id = newId()
    const row = { id, position: '1', state: 'running', lines_done: 7, renewed_at: old }
    await insert('sync_runs', { ...row, user_id: '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01' })
    expect(attributesOf(await callSync(`${SYNC}/${id}`))).toMatchObject({
      state: 'failed',
      lines_done: 7,
      ended_at: null,
    })
  })
})
