import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.ts'
import {
  call,
  EXPORTS,
  MAILING,
  ORIGIN,
  OTHER_USER,
  postDocument,
  tokenFor,
  USER,
} from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { brokenBucket } from '../helpers/faults.ts'
import { download, logOf } from '../helpers/files.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  log.mockClear()
})

const remove = async (id: string, call_: Parameters<typeof call>[1] = {}) =>
  (await call(`${EXPORTS}/${id}`, { method: 'DELETE', ...call_ })).status

const statusOf = async (path: string) => (await call(`${EXPORTS}/${path}`)).status

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)
const rows = async (table: string) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results

const expectNothingKept = async () =>
  expect([
    await keys(),
    await rows('export_files'),
    await rows('export_uploads'),
    await rows('export_productions'),
  ]).toEqual([[], [], [], []])

const postWithId = async (id: string, user = USER) =>
  (await postDocument({ data: { type: 'export_logs', id, attributes: {} } }, { user })).status

describe('a DELETE of a log', () => {
  it('removes it and its files, and no others', async () => {
    const [id, other] = [await logOf({}), await logOf({})]
    for (const format of ['csv', 'xlsx'] as const) await download(id, format)
    await download(other)
    expect(await remove(id)).toBe(204)
    expect([await statusOf(id), await statusOf(`${id}.csv`)]).toEqual([404, 404])
    expect(await keys()).toEqual([`exports/${other}.csv`])
    expect(await rows('export_files')).toMatchObject([{ export_log_id: other }])
    expect(await rows('export_logs')).toMatchObject([{ id: other }])
    expect(await statusOf(other)).toBe(200)
  })

  it('removes its files of every kind, and its links become invalid', async () => {
    const id = await logOf({})
    const urls = await Promise.all(
      [EXPORTS, MAILING].map(async (path) => {
        const { links } = JSON.parse((await call(`${path}/${id}`)).text).data
        return [links.csv, `${links.csv}&bom=true`, links.xlsx]
      }),
    )
    for (const url of urls.flat()) expect((await call(url, { user: null })).status).toBe(200)
    expect(await keys()).toHaveLength(6)
    expect(await remove(id)).toBe(204)
    expect([await keys(), await rows('export_files')]).toEqual([[], []])
    for (const url of urls.flat()) expect((await call(url, { user: null })).status).toBe(404)
    for (const path of [`mailing/${id}`, `mailing/${id}.csv`, `${id}.csv?bom=true`]) {
      expect(await statusOf(path)).toBe(404)
    }
  })

  it('removes a log of the mailing export, by the path of all logs', async () => {
    const id = await logOf({}, { path: MAILING })
    const { status } = await call(`${MAILING}/${id}`, { method: 'DELETE' })
    expect([status, await remove(id), await statusOf(`mailing/${id}`)]).toEqual([405, 204, 404])
  })

  it('has an empty response, and is a 404 when repeated', async () => {
    const id = await logOf({})
    const { status, text, headers } = await call(`${EXPORTS}/${id}`, { method: 'DELETE' })
    expect([status, text, headers.get('Content-Type')]).toEqual([204, '', null])
    expect(await remove(id)).toBe(404)
    expect(await remove(newId())).toBe(404)
  })

  it('accepts an id in upper case, and refuses what is not an id', async () => {
    const id = await logOf({})
    expect(await remove('nonsense')).toBe(400)
    expect(await remove(id.toUpperCase())).toBe(204)
  })

  it('is for the user of the log alone', async () => {
    const id = await logOf({})
    await download(id)
    expect(await remove(id, { user: OTHER_USER })).toBe(403)
    expect(await remove(id, { user: null })).toBe(401)
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
    await remove(id)
    expect(await remove(id, { user: OTHER_USER })).toBe(404)
  })

  it('leaves the id taken, for every user', async () => {
    const id = newId()
    expect(await postWithId(id)).toBe(201)
    expect(await remove(id)).toBe(204)
    expect([await postWithId(id), await postWithId(id, OTHER_USER)]).toEqual([409, 409])
    expect(await rows('export_logs')).toEqual([])
  })

  it('removes the log of an older program, too', async () => {
    const id = newId()
    await insert('export_logs', { id, type: 'Other', params: null, user_id: USER })
    expect([await remove(id), await remove(id)]).toEqual([204, 404])
  })
})

describe('a DELETE while R2 fails', () => {
  it('hides the log and its files at once, and removes them when it is repeated', async () => {
    const id = await logOf({})
    for (const format of ['csv', 'xlsx'] as const) await download(id, format)
    expect(await remove(id, { bindings: { FILES: brokenBucket('delete') } })).toBe(204)
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"file_not_removed"'))
    expect([await statusOf(id), await statusOf(`${id}.csv`)]).toEqual([404, 404])
    expect(await rows('export_files')).toMatchObject([{ discarded: 1 }, { discarded: 1 }])
    expect((await keys()).length).toBe(2)
    expect(await remove(id, { user: OTHER_USER })).toBe(404)
    expect(await remove(id)).toBe(204)
    expect([await keys(), await rows('export_files')]).toEqual([[], []])
    expect(await remove(id)).toBe(404)
  })
})

/** Reads so many chunks of a log's CSV file, deletes the log, and reads the rest. */
async function readWhileDeleted(id: string, chunks: number) {
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.csv?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), env, context)
  if (!body) throw new Error('There is no body.')
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let count = 0; count < chunks; count += 1) {
    text += decoder.decode((await reader.read()).value, { stream: true })
  }
  expect(await remove(id)).toBe(204)
  let isBroken = false
  try {
    for (let { value } = await reader.read(); value; { value } = await reader.read()) {
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    isBroken = true
  }
  await waitOnExecutionContext(context)
  return { isBroken, text }
}

describe('a file under way while its log is deleted', () => {
  it('breaks when contacts are still to be read, and is not kept', async () => {
    // More than the first page, and the one that is read while it is sent.
    await env.DB.prepare(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2500)
       INSERT INTO contacts (id, account_list_id, name)
       SELECT printf('c1000000-0000-4000-8000-%012d', n), ?, 'Bea ' || n FROM numbers`,
    )
      .bind(LIST)
      .run()
    expect(await readWhileDeleted(await logOf({}), 1)).toMatchObject({ isBroken: true })
    await expectNothingKept()
  })

  it('is sent whole when all its contacts have been read, and is not kept', async () => {
    const other = await logOf({})
    const { text } = await download(other)
    await remove(other)
    expect(await readWhileDeleted(await logOf({}), 2)).toEqual({ isBroken: false, text })
    await expectNothingKept()
  })
})

describe('a log deleted by another program', () => {
  it('loses its files, even if a new log has its id', async () => {
    const id = await logOf({})
    const { text } = await download(id)
    await env.DB.prepare('DELETE FROM export_logs').run()
    expect(await statusOf(`${id}.csv`)).toBe(404)
    expect(await rows('export_files')).toMatchObject([{ discarded: 1 }])
    await env.DB.prepare(`UPDATE contacts SET name = 'Bea'`).run()
    expect(await postWithId(id)).toBe(201)
    const anew = await download(id)
    expect(anew.text).toBe(text.replaceAll('Ann', 'Bea'))
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
  })
})
