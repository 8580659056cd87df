import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LIST, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { faultyBindings, type Fault } from '../helpers/faulty-bindings.ts'
import { callSync, postLines, SYNC } from '../helpers/sync.ts'
import { tablesNow } from '../helpers/tables.ts'

vi.spyOn(console, 'error').mockImplementation(() => undefined)
vi.spyOn(console, 'log').mockImplementation(() => undefined)

beforeEach(emptyStorage)

const at = '2026-01-01T00:00:00Z'
const times = { created_at: at, updated_at: at }
const ids = Array.from({ length: 4 }, newId)
const lines = [
  { type: 'account_lists', id: LIST, attributes: { name: 'A list', ...times } },
  ...ids.map((id) => ({
    type: 'contacts',
    id,
    attributes: {
      account_list_id: LIST,
      name: 'Smith, John',
      ...times,
      tags: ['prayer'],
      people: [{ id, first_name: 'John', ...times }],
    },
  })),
  { type: 'contacts', id: newId(), attributes: { name: 7 } },
]

/** Sends the lines while a call to D1 or R2 fails. @returns how many calls there were */
async function attempt(fault?: Fault, number?: number) {
  await emptyStorage()
  const run = newId()
  const { DB, FILES, calls } = faultyBindings(fault, number)
  const { status } = await postLines(lines, { query: `?run=${run}`, bindings: { DB, FILES } })
  return { run, status, calls: calls.length }
}

const stateOf = async (run: string) => {
  const { status, text } = await callSync(`${SYNC}/${run}`)
  return status === 404 ? undefined : JSON.parse(text).data.attributes
}

describe('a run', () => {
  it.each<Fault>(['fails for a moment', 'fails for a moment when it is done'])(
    'in which any one call %s is as it would be',
    async (fault) => {
      const { calls } = await attempt()
      const expected = await tablesNow()
      expect(calls).toBeGreaterThan(4)
      for (let number = 1; number <= calls; number += 1) {
        const { run, status } = await attempt(fault, number)
        expect([number, status]).toEqual([number, 200])
        expect(await tablesNow()).toEqual(expected)
        expect(await stateOf(run)).toMatchObject({ state: 'done', created: 5, failed: 1 })
        const { text } = await callSync(`${SYNC}/${run}/failures.ndjson`)
        expect(text.trimEnd().split('\n').length).toBe(1)
      }
    },
  )

  it.each<Fault>(['fails', 'fails when it is done'])(
    'in which any one call %s goes on when it is sent again',
    async (fault) => {
      const { calls } = await attempt()
      const expected = await tablesNow()
      for (let number = 1; number <= calls; number += 1) {
        const { run, status } = await attempt(fault, number)
        expect([200, 500]).toContain(status)
        // A minute later a run that could not say so has died.
        await env.DB.prepare(`UPDATE sync_runs SET renewed_at = ?`).bind(at).run()
        const attributes = await stateOf(run)
        expect(['done', 'failed', undefined]).toContain(attributes?.state)
        const again = await postLines(lines)
        expect(again.status).toBe(200)
        expect(await tablesNow()).toEqual(expected)
        expect(await env.DB.prepare('SELECT count(*) FROM sync_leases').first('count(*)')).toBe(0)
      }
    },
  )
})
