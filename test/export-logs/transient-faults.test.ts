import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, OTHER_USER, post, postDocument } from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { faultyBindings, type Fault } from '../helpers/faulty-bindings.ts'
import { download, logOf } from '../helpers/files.ts'

type Bindings = Pick<ReturnType<typeof faultyBindings>, 'DB' | 'FILES'>

for (const level of ['error', 'log'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined)
}

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
})

const countOf = (table: string) =>
  env.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first('count')

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)

const remove = async (id: string, bindings: Bindings) =>
  (await call(`${EXPORTS}/${id}`, { method: 'DELETE', bindings })).status

const documentOf = (id: string, more = {}) => ({
  data: {
    type: 'export_logs',
    id,
    attributes: { params: { filter: {}, note: 'Ünïcode' } },
    ...more,
  },
})

/** A request, and what must be true of its response and of what is stored afterwards. */
type Case = {
  /** Run before each attempt. @returns the id of the log that the request is about */
  readonly given?: () => Promise<string>
  readonly run: (id: string, bindings: Bindings) => Promise<unknown>
  readonly expected: unknown
  readonly check?: (id: string) => Promise<void>
}

const keptLog = async () => {
  const id = await logOf({})
  for (const format of ['csv', 'xlsx'] as const) await download(id, format)
  return id
}

const expectOneLog = async () => {
  expect([await countOf('export_logs'), await countOf('deleted_export_logs')]).toEqual([1, 0])
}

const expectDeleted = async () => {
  expect([await countOf('export_logs'), await countOf('deleted_export_logs')]).toEqual([0, 1])
  expect([await countOf('export_files'), await keys()]).toEqual([0, []])
}

const statusOfPost = async (document: unknown, bindings: object, user?: string) =>
  (await postDocument(document, { bindings, ...(user && { user }) })).status

const cases: Record<string, Case> = {
  'a POST is a 201 and makes one log': {
    run: async (_, bindings) => (await post({ filter: { status: 'active' } }, { bindings })).status,
    expected: 201,
    check: expectOneLog,
  },
  'a POST with an id of the client is a 201 and makes one log': {
    run: (id, bindings) => statusOfPost(documentOf(id), bindings),
    expected: 201,
    check: expectOneLog,
  },
  'a POST that fills the quota is a 201': {
    run: (id, bindings) => statusOfPost(documentOf(id), { ...bindings, LOG_QUOTA: 1 }),
    expected: 201,
    check: expectOneLog,
  },
  'a POST beyond the quota is a 429': {
    given: () => logOf({}),
    run: (_, bindings) => statusOfPost(documentOf(newId()), { ...bindings, LOG_QUOTA: 1 }),
    expected: 429,
    check: expectOneLog,
  },
  'a POST with an id that is taken is a 409': {
    given: () => logOf({}),
    run: (id, bindings) => statusOfPost(documentOf(id), bindings),
    expected: 409,
    check: expectOneLog,
  },
  'a POST with the id of another user is a 409': {
    given: () => logOf({}),
    run: (id, bindings) => statusOfPost(documentOf(id), bindings, OTHER_USER),
    expected: 409,
    check: expectOneLog,
  },
  'a POST for another user is a 403': {
    run: (id, bindings) => {
      const relationships = { user: { data: { type: 'users', id: OTHER_USER } } }
      return statusOfPost(documentOf(id, { relationships }), bindings)
    },
    expected: 403,
    check: async () => expect(await countOf('export_logs')).toBe(0),
  },
  'a POST that names an unknown account list is a 404': {
    run: async (_, bindings) =>
      (await post({ filter: { account_list_id: newId() } }, { bindings })).status,
    expected: 404,
    check: async () => expect(await countOf('export_logs')).toBe(0),
  },
  'a one-shot export is whole and makes one log': {
    run: async (_, bindings) => {
      const { status, text } = await call(`${EXPORTS}.csv`, { bindings })
      return [status, text.includes('Ann')]
    },
    expected: [200, true],
    check: async () => {
      await expectOneLog()
      expect((await keys()).length).toBe(1)
    },
  },
  'a GET of a log is a 200': {
    given: keptLog,
    run: async (id, bindings) => (await call(`${EXPORTS}/${id}`, { bindings })).status,
    expected: 200,
  },
  'the list has its log': {
    given: keptLog,
    run: async (id, bindings) => {
      const { status, text } = await call(EXPORTS, { bindings })
      return [status, JSON.parse(text).meta.total, JSON.parse(text).data[0].id === id]
    },
    expected: [200, 1, true],
  },
  'a DELETE is a 204, and the log and its files are gone': {
    given: keptLog,
    run: remove,
    expected: 204,
    check: expectDeleted,
  },
  'a DELETE of a log without files is a 204': {
    given: () => logOf({}),
    run: remove,
    expected: 204,
    check: expectDeleted,
  },
  'a DELETE of a log that was deleted before is a 404': {
    given: async () => {
      const id = await logOf({})
      await remove(id, env)
      return id
    },
    run: remove,
    expected: 404,
    check: expectDeleted,
  },
  'a DELETE of the log of another user is a 403': {
    given: () => logOf({}),
    run: async (id, bindings) =>
      (await call(`${EXPORTS}/${id}`, { method: 'DELETE', user: OTHER_USER, bindings })).status,
    expected: 403,
    check: expectOneLog,
  },
  'a preview is a 200': {
    run: async (_, bindings) => {
      const { status, text } = await call(`${EXPORTS}/preview`, { bindings })
      return [status, JSON.parse(text).meta.total]
    },
    expected: [200, 1],
  },
}

const TRANSIENT = [
  'fails for a moment',
  'fails for a moment when it is done',
] as const satisfies readonly Fault[]

describe('while one call of D1 or R2 fails for a moment', () => {
  it.each(Object.entries(cases))('%s', async (_, { given, run, expected, check }) => {
    const attempt = async (fault?: Fault, number?: number) => {
      await emptyStorage()
      await addList(LIST)
      await addContact({ name: 'Ann' })
      const id = (await given?.()) ?? newId()
      const { calls, ...bindings } = faultyBindings(fault, number)
      expect(await run(id, bindings), `call ${number} ${fault}`).toEqual(expected)
      await check?.(id)
      return calls.length
    }
    const calls = await attempt()
    expect(calls).toBeGreaterThan(0)
    for (const fault of TRANSIENT) {
      for (let number = 1; number <= calls; number += 1) {
        expect(await attempt(fault, number)).toBeGreaterThan(calls)
      }
    }
  })
})
