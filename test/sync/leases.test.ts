import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { ORIGIN } from '../helpers/api.ts'
import { LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { callSync, postLines, SYNC, syncToken, type Claims } from '../helpers/sync.ts'

beforeEach(async () => {
  await emptyStorage()
  await insert('account_lists', { id: LIST }, { id: OTHER_LIST })
})

const contact = (account_list_id: string) => ({
  type: 'contacts',
  id: newId(),
  attributes: { account_list_id, name: 'Smith, John' },
})

const encoded = (line: object) => new TextEncoder().encode(`${JSON.stringify(line)}\n`)

const holds = async () =>
  Number(await env.DB.prepare('SELECT count(*) FROM sync_leases').first('count(*)')) > 0

/** A request whose body has begun and goes on when it is told to. */
async function begun(claims: Claims, line: object, query = '') {
  let body: ReadableStreamDefaultController<Uint8Array> | undefined
  const readable = new ReadableStream<Uint8Array>({
    start: (controller) => {
      body = controller
    },
  })
  const context = createExecutionContext()
  const request = new Request(`${ORIGIN}${SYNC}${query}`, {
    method: 'POST',
    body: readable,
    headers: {
      'Content-Type': 'application/x-ndjson',
      Authorization: `Bearer ${await syncToken(claims)}`,
    },
  })
  const answer = Promise.resolve(app.fetch(request, env, context))
  body?.enqueue(encoded(line))
  for (let tries = 0; tries < 200 && !(await holds()); tries += 1) await scheduler.wait(5)
  return {
    async end(...lines: readonly object[]) {
      for (const other of lines) body?.enqueue(encoded(other))
      body?.close()
      const { status } = await answer.then(async (one) => ({
        status: one.status,
        text: await one.text(),
      }))
      await waitOnExecutionContext(context)
      return status
    },
  }
}

const limited = { account_list_ids: [LIST] }

describe('an account list', () => {
  it.each<[string, Claims, Claims]>([
    ['limited tokens', limited, { ...limited, jti: 'other' }],
    ['a token for all and a limited one', {}, limited],
    ['tokens for all', {}, {}],
  ])('is written by one run at a time: %s', async (_, first, second) => {
    const run = await begun(first, contact(LIST))
    const answer = await postLines([contact(LIST)], { claims: second })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect((await postLines([contact(OTHER_LIST)])).status).toBe(200)
    expect(await run.end(contact(LIST))).toBe(200)
    expect((await postLines([contact(LIST)], { claims: second })).status).toBe(200)
    expect(await env.DB.prepare('SELECT count(*) FROM contacts').first('count(*)')).toBe(4)
    expect(await env.DB.prepare('SELECT count(*) FROM sync_leases').first('count(*)')).toBe(0)
  })

  it('of a run that died can be written, and that run writes no more', async () => {
    const id = newId()
    const run = await begun({}, contact(LIST), `?run=${id}`)
    const died = new Date(Date.now() - 61_000).toISOString().replace(/\.\d+/, '')
    await env.DB.prepare('UPDATE sync_runs SET renewed_at = ?').bind(died).run()
    const state = async () =>
      JSON.parse((await callSync(`${SYNC}/${id}`)).text).data.attributes.state
    expect(await state()).toBe('failed')
    expect((await postLines([contact(LIST)])).status).toBe(200)
    expect(await run.end(contact(LIST))).toBe(409)
    expect(await env.DB.prepare('SELECT count(*) FROM contacts').first('count(*)')).toBe(1)
  })

  it('of a run that was only slow is still its own', async () => {
    const run = await begun({}, contact(LIST))
    const died = new Date(Date.now() - 61_000).toISOString().replace(/\.\d+/, '')
    await env.DB.prepare('UPDATE sync_runs SET renewed_at = ?').bind(died).run()
    expect(await run.end(contact(LIST))).toBe(200)
    expect(await env.DB.prepare('SELECT count(*) FROM contacts').first('count(*)')).toBe(2)
  })

  it('is not held by a dry run', async () => {
    await postLines([contact(LIST)], { query: '?dry_run=true' })
    const run = await begun(limited, contact(LIST))
    expect((await postLines([contact(LIST)], { query: '?dry_run=true' })).status).toBe(200)
    expect(await run.end()).toBe(200)
  })
})
