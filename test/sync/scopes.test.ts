import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, post, USER } from '../helpers/api.ts'
import { addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'
import { callSync, DELETED, postLines, SYNC, syncToken } from '../helpers/sync.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const insufficient = 'Bearer error="insufficient_scope"'

describe('a token of the sync API', () => {
  it.each([
    ['sync', 200],
    ['sync exports', 200],
    ['openid  sync', 200],
    ['sync sync', 200],
    ['synch', 403],
    ['Sync', 403],
    ['exports', 403],
    ['', 403],
    [undefined, 403],
    [['sync'], 403],
    [{ sync: true }, 403],
  ])('with the scope %j is a %i', async (scope, expected) => {
    const { status, headers } = await callSync(SYNC, { claims: { scope } })
    expect(status).toBe(expected)
    expect(headers.get('WWW-Authenticate')).toBe(expected === 200 ? null : insufficient)
  })

  it.each([
    [[LIST], 200],
    [[], 200],
    [[LIST.toUpperCase()], 200],
    [null, 401],
    [LIST, 401],
    [[7], 401],
    [['x'], 401],
    [{}, 401],
  ])('with the account lists %j is a %i', async (account_list_ids, expected) => {
    expect((await callSync(SYNC, { claims: { account_list_ids } })).status).toBe(expected)
  })

  it.each([
    ['GET', SYNC],
    ['GET', `${SYNC}/${newId()}`],
    ['GET', `${SYNC}/${newId()}/failures.ndjson`],
    ['POST', SYNC],
  ])('in the query string is a 401 at %s %s', async (method, path) => {
    const token = await syncToken()
    const { status, text } = await call(`${path}?access_token=${token}`, {
      method,
      user: null,
      headers: { 'Content-Type': 'application/x-ndjson' },
    })
    expect(status).toBe(401)
    expect(text).not.toContain('access_token')
  })

  it('in the query string is a 401 at the deleted records', async () => {
    const token = await syncToken()
    expect((await call(`${DELETED}?access_token=${token}`, { user: null })).status).toBe(401)
  })

  it('does not read exports, and one with another scope does', async () => {
    const id = await logOf({})
    const paths = [EXPORTS, `${EXPORTS}/${id}`, `${EXPORTS}/${id}.csv`, `${EXPORTS}.csv`]
    for (const path of [...paths, `${EXPORTS}/preview`]) {
      const { status, headers } = await callSync(path)
      expect([path, status]).toEqual([path, 403])
      expect(headers.get('WWW-Authenticate')).toBe(insufficient)
      expect((await callSync(path, { claims: { scope: 'sync exports' } })).status).toBe(200)
    }
    const headers = { Authorization: `Bearer ${await syncToken()}` }
    expect((await post({}, { headers })).status).toBe(403)
    expect((await callSync(`${EXPORTS}/${id}`, { method: 'DELETE' })).status).toBe(403)
  })

  it('is no signed link', async () => {
    const id = await logOf({})
    const { csv } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links
    const { search } = new URL(csv, ORIGIN)
    expect((await call(`${SYNC}${search}`, { user: null })).status).toBe(401)
  })
})

/** The statuses of those of 61 requests with one token that are not refused. */
const statusesOf = async () => {
  const headers = { Authorization: `Bearer ${await syncToken({ jti: crypto.randomUUID() })}` }
  const answers = await Promise.all(
    Array.from({ length: 61 }, () => callSync(SYNC, { headers, bindings: { RATE_LIMITS: 'on' } })),
  )
  return answers.map(({ status }) => status).filter((status) => status === 200)
}

describe('requests to the sync API', () => {
  it('are 60 a minute and token', async () => {
    // A new minute may begin meanwhile.
    const first = await statusesOf()
    expect((first.length > 60 ? await statusesOf() : first).length).toBe(60)
  })

  it('are counted by the digest of the token', async () => {
    const keys: string[] = []
    const SYNC_LIMIT: RateLimit = {
      limit: async ({ key }) => {
        keys.push(key)
        return { success: false }
      },
    }
    const token = await syncToken()
    const headers = { Authorization: `Bearer ${token}` }
    const bindings = { RATE_LIMITS: 'on', SYNC_LIMIT }
    const answers = [
      await postLines([], { headers, bindings }),
      await callSync(SYNC, { headers, bindings }),
      await callSync(DELETED, { headers, bindings }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
    expect(new Set(keys).size).toBe(1)
    expect(token).not.toContain(keys[0] ?? token)
  })
})

describe('a body', () => {
  it.each([
    ['text/plain', '', 415],
    ['application/json', '', 415],
    ['application/x-ndjson; charset=latin1', '', 415],
    ['application/x-ndjson', 'br', 415],
    ['application/x-ndjson', 'gzip, gzip', 415],
  ])('of %s, %s is a %i', async (type, coding, expected) => {
    const headers = new Headers({ 'Content-Type': type })
    if (coding) headers.set('Content-Encoding', coding)
    const answer = await postLines([], { headers })
    expect(answer.status).toBe(expected)
    expect(answer.headers.get('Accept-Encoding')).toBe(coding ? 'gzip' : null)
  })

  it.each([
    ['dry_run=yes', 'dry_run'],
    ['dry_rum=true', 'dry_rum'],
    ['dryrun=true', 'dryrun'],
    ['on_error=ignore', 'on_error'],
    ['if_newer=1', 'if_newer'],
    ['run=7', 'run'],
    [`complete=donations&account_list_id=${LIST}`, 'complete'],
    ['complete=contacts', 'account_list_id'],
    [`account_list_id=${LIST}`, 'account_list_id'],
    ['max_removals=3', 'max_removals'],
    [`complete=contacts&account_list_id=${LIST}&max_removals=-1`, 'max_removals'],
    [`complete=contacts&account_list_id=x`, 'account_list_id'],
    [`run=${USER}&run=${USER}`, 'run'],
  ])('with ?%s is a 400', async (query, parameter) => {
    const { status, text } = await postLines([], { query: `?${query}` })
    expect(status).toBe(400)
    expect(JSON.parse(text).errors[0].source).toEqual({ parameter })
    expect(await env.DB.prepare('SELECT count(*) FROM sync_runs').first('count(*)')).toBe(0)
  })

  it('for an account list that the token may not write is a 404, whether there is one or not', async () => {
    const answers = await Promise.all(
      [LIST, newId()].map((id) =>
        postLines([], {
          query: `?complete=contacts&account_list_id=${id}`,
          claims: { account_list_ids: [OTHER_LIST] },
        }).then(({ status, text }) => [status, text.replaceAll(id, 'ID')]),
      ),
    )
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.[0]).toBe(404)
  })
})
