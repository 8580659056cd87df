import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, post } from '../helpers/api.ts'
import { addList, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

/** For two pages. */
const CONTACTS = 1200

/** How often the database was called, by whether a session was called, and where that began. */
let calls: string[] = []

/** The same statement, or session, or database: its calls are noted by a name. */
function noted<Target extends object>(target: Target, name: string): Target {
  return new Proxy(target, {
    get(object, member) {
      const value: unknown = Reflect.get(object, member, object)
      if (typeof value !== 'function') return value
      return (...values: unknown[]): unknown => {
        if (member !== 'withSession') calls.push(`${name}: ${String(member)}`)
        const result: unknown = Reflect.apply(value, object, values)
        return member === 'withSession' && typeof result === 'object' && result !== null
          ? noted(result, nameOfSession(values))
          : result
      }
    },
  })
}

const sessions: unknown[] = []

const nameOfSession = (values: readonly unknown[]) => {
  sessions.push(...values)
  return `session ${sessions.length}`
}

const bindings = { DB: noted(env.DB, 'no session') }

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await env.DB.prepare(
    `WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
     INSERT INTO contacts (id, account_list_id, name) SELECT 'contact ' || number, ?, 'Ann' FROM numbers`,
  )
    .bind(CONTACTS, LIST)
    .run()
  id = await logOf({})
  calls = []
  sessions.length = 0
})

describe('one session, which begins at the primary, is all that asks D1', () => {
  it.each<[string, () => Promise<{ status: number }>, number]>([
    ['to make a log', () => post({}, { bindings }), 201],
    ['to show a log', () => call(`${EXPORTS}/${id}`, { bindings }), 200],
    ['to list logs', () => call(EXPORTS, { bindings }), 200],
    ['to make a CSV file, all its pages', () => call(`${EXPORTS}/${id}.csv`, { bindings }), 200],
    ['to make an XLSX file, all its pages', () => call(`${EXPORTS}/${id}.xlsx`, { bindings }), 200],
    ['to make a log and its file', () => call(`${EXPORTS}/mailing.csv`, { bindings }), 200],
    ['for a link', followLink, 200],
    ['to delete a log', () => call(`${EXPORTS}/${id}`, { method: 'DELETE', bindings }), 204],
    ['for the health', () => call('/health', { bindings }), 200],
  ])('%s', async (_, request, expected) => {
    const { status } = await request()
    expect(status).toBe(expected)
    expect(sessions).toEqual(['first-primary'])
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.filter((name) => !name.startsWith('session 1: '))).toEqual([])
  })

  it('for a kept file, of whose contacts nothing is asked', async () => {
    await call(`${EXPORTS}/${id}.csv`)
    const { status } = await call(`${EXPORTS}/${id}.csv`, { bindings })
    expect(status).toBe(200)
    expect(sessions).toEqual(['first-primary'])
    expect(calls.filter((name) => name.endsWith('batch'))).toEqual(['session 1: batch'])
  })
})

async function followLink(): Promise<{ status: number }> {
  const { csv } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.links
  return call(csv.slice(ORIGIN.length), { user: null, bindings })
}
