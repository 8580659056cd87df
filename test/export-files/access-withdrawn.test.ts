import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { app } from '../../src/app.ts'
import { call, EXPORTS, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { EXTENSIONS, logOf } from '../helpers/files.ts'

/** Several pages. */
const CONTACTS = 3000

/** An account list of the user, with no contacts. */
const EMPTY_LIST = 'a0000000-0000-4000-8000-000000000003'

beforeEach(async () => {
  await emptyStorage()
  for (const list of [LIST, OTHER_LIST, EMPTY_LIST]) await addList(list)
  await env.DB.prepare(
    `INSERT INTO contacts (id, account_list_id, name)
     WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${CONTACTS})
     SELECT printf('b0000000-0000-4000-8000-%012d', i), '${LIST}', printf('Name %04d', i) FROM number`,
  ).run()
  // Only contacts with an address have a label.
  await env.DB.prepare(
    `INSERT INTO addresses (id, contact_id, street) SELECT id, id, '1 Main St' FROM contacts`,
  ).run()
})

const logLine = z.object({
  event: z.string(),
  id: z.string().optional(),
  reason: z.string().optional(),
})

/** What a client reads of a file: two chunks, and the rest when something has happened. */
async function readWhile(id: string, format: string, happens: () => Promise<unknown>) {
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.${format}?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), env, context)
  if (!body) throw new Error('There is no body.')
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  const chunks = [(await reader.read()).value, (await reader.read()).value]
  const errors = vi.spyOn(console, 'error')
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await happens()
  const decoder = new TextDecoder()
  let broken = false
  try {
    for (let { value } = await reader.read(); value; { value } = await reader.read()) {
      chunks.push(value)
    }
  } catch {
    broken = true
  }
  await waitOnExecutionContext(context)
  const stopped = log.mock.calls
    .map(([line]) => logLine.parse(JSON.parse(String(line))))
    .filter(({ event }) => event === 'export_stopped')
  expect(errors).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  return {
    broken,
    stopped,
    text: chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join(''),
  }
}

const takeAway = (list: string) =>
  env.DB.prepare('DELETE FROM account_list_users WHERE account_list_id = ?').bind(list).run()

const keptObjects = async () => (await env.FILES.list()).objects.length

describe.each(EXTENSIONS)('a %s file under way', (format) => {
  it('breaks off when its account list is taken away, and is not kept', async () => {
    const id = await logOf({})
    const { broken, stopped, text } = await readWhile(id, format, async () => {
      await takeAway(LIST)
      await env.DB.prepare(`UPDATE contacts SET name = 'Secret ' || name`).run()
    })
    expect(broken).toBe(true)
    expect(stopped).toEqual([{ event: 'export_stopped', id, reason: 'access_withdrawn' }])
    expect(text).not.toContain('Secret')
    expect(await keptObjects()).toBe(0)
  })

  it('breaks off when its log is deleted, and is not kept', async () => {
    const id = await logOf({})
    const deleteLog = () => call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    const { broken, stopped } = await readWhile(id, format, deleteLog)
    expect(broken).toBe(true)
    expect(stopped).toEqual([{ event: 'export_stopped', id, reason: 'log_deleted' }])
    expect(await keptObjects()).toBe(0)
  })

  it.each([
    ['access_withdrawn', async () => takeAway(LIST)],
    ['log_deleted', async (id: string) => call(`${EXPORTS}/${id}`, { method: 'DELETE' })],
  ] as const)(
    'is logged as stopped, for the reason %s, and as no fault',
    async (reason, happens) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
      const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
      const id = await logOf({})
      await readWhile(id, format, () => happens(id))
      const events = log.mock.calls.map(([line]) => JSON.parse(String(line)))
      const faults = errors.mock.calls.map(([line]) => String(line))
      log.mockRestore()
      errors.mockRestore()
      expect(events.filter(({ event }) => event.startsWith('export'))).toEqual([
        expect.objectContaining({ event: 'export_stopped', reason, id, interrupted: true }),
      ])
      expect(faults.filter((line) => line.startsWith('{'))).toEqual([])
    },
  )

  it.each(['Aaron', 'Zoe'])(
    'breaks off when access to an account list is withdrawn that only %s is from',
    async (name) => {
      await addContact({ name, account_list_id: OTHER_LIST })
      const { broken } = await readWhile(await logOf({}), format, () => takeAway(OTHER_LIST))
      expect(broken).toBe(true)
      expect(await keptObjects()).toBe(0)
    },
  )

  it('continues when access to an account list that it has no contact of is withdrawn', async () => {
    const { broken, stopped } = await readWhile(await logOf({}), format, () => takeAway(EMPTY_LIST))
    expect(broken).toBe(false)
    expect(stopped).toEqual([])
    expect(await keptObjects()).toBe(1)
  })
})

it.each(['Aaron', 'Zoe'])(
  'a file of a user with very many account lists breaks off when that of %s is taken away',
  async (name) => {
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO account_lists (id) WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number
         WHERE i < 150) SELECT 'list ' || i FROM number`,
      ),
      env.DB.prepare(
        `INSERT INTO account_list_users SELECT id, ? FROM account_lists WHERE id LIKE 'list %'`,
      ).bind(USER),
    ])
    await addContact({ name, account_list_id: 'list 77' })
    const whole = await readWhile(await logOf({}), 'csv', () => takeAway('list 78'))
    expect(whole.broken).toBe(false)
    const { broken } = await readWhile(await logOf({}), 'csv', () => takeAway('list 77'))
    expect(broken).toBe(true)
  },
)
