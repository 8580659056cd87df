import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../src/db/client.ts'
import { claimFile } from '../../../src/storage/file-claims.ts'
import { keepFile } from '../../../src/storage/keep-file.ts'
import { discardFilesOf, removeDiscardedFiles } from '../../../src/storage/cleanup/purge.ts'
import { addContact, addList, LIST, newId, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { bucketWith } from '../../helpers/faults.ts'
import { csvRows, download, logOf } from '../../helpers/files.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST)
  await addList(OTHER_LIST)
  await addContact({ name: 'Ann' })
  await addContact({ name: 'Bob', account_list_id: OTHER_LIST })
  log.mockClear()
})

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)

const purge = async (bucket = env.FILES) => {
  const database = openDatabase(env.DB)
  await discardFilesOf(database, OTHER_LIST)
  return removeDiscardedFiles(database, bucket)
}

const keptFile = async (filter: object) => {
  const id = await logOf(filter)
  await download(id)
  return id
}

it('a purge removes every file with contacts of the account list, and no other', async () => {
  const [other] = [
    await keptFile({ account_list_id: LIST }),
    await keptFile({ account_list_id: OTHER_LIST }),
    await keptFile({}),
  ]
  expect(await purge()).toEqual({ removed: 2, left: 0 })
  expect(await keys()).toEqual([`exports/${other}.csv`])
})

it('a purged file is made again when it is requested', async () => {
  const id = await keptFile({})
  await purge()
  await env.DB.prepare(`DELETE FROM contacts WHERE name = 'Bob'`).run()
  expect(csvRows((await download(id)).text).map(([name]) => name)).toEqual(['Contact Name', 'Ann'])
  expect((await download(id)).headers.get('ETag')).not.toBeNull()
})

it('a purge removes orphaned objects', async () => {
  await env.FILES.put(`exports/${newId()}.csv`, 'unknown')
  expect(await purge()).toEqual({ removed: 1, left: 0 })
  expect(await keys()).toEqual([])
})

it('a purge removes them wherever the scan of the sweep has stopped', async () => {
  const id = newId()
  await env.FILES.put(`exports/${id}.csv`, 'unknown')
  await env.DB.prepare(
    `INSERT INTO sweep_progress (id, after_key, completed_on)
     VALUES (1, 'exports/${id}.csv', strftime('%Y-%m-%d', 'now'))`,
  ).run()
  expect(await purge()).toEqual({ removed: 1, left: 0 })
})

const CHUNK_BYTES = 6 * 1024 * 1024

async function* threeChunks(): AsyncGenerator<Uint8Array> {
  for (let count = 0; count < 3; count += 1) yield new Uint8Array(CHUNK_BYTES)
}

const uploads = async () => (await env.DB.prepare('SELECT * FROM export_uploads').all()).results

it('a production under way does not keep its file, and its upload is aborted', async () => {
  const name = { exportLogId: await logOf({}), variant: 'csv' }
  const database = openDatabase(env.DB)
  await claimFile(database, name, 'a claim')
  const file = keepFile(threeChunks(), {
    database,
    bucket: env.FILES,
    name,
    production: { userId: 'u', id: 'a claim', kind: 'file' as const },
    claimedAt: Date.now(),
    contentType: 'text/csv',
    contents: () => ({ rows: 1, accountListIds: [OTHER_LIST] }),
  })
  let bytes = 0
  // What fills the first part leaves, then that is uploaded.
  for (let piece = 0; piece < 2; piece += 1) {
    const { value } = await file.next()
    bytes += value instanceof Uint8Array ? value.length : 0
  }
  await vi.waitFor(async () => expect(await uploads()).toHaveLength(1))
  expect(await purge()).toEqual({ removed: 0, left: 1 })
  expect(await uploads()).toEqual([])
  for await (const chunk of file) bytes += chunk.length
  expect(bytes).toBe(3 * CHUNK_BYTES)
  expect(await keys()).toEqual([])
  expect(await removeDiscardedFiles(database, env.FILES)).toEqual({ removed: 0, left: 0 })
})

it('a file that R2 does not remove is not served either', async () => {
  const id = await keptFile({ account_list_id: OTHER_LIST })
  const bucket = bucketWith({ delete: () => Promise.reject(new Error('R2 is away')) })
  expect(await purge(bucket)).toEqual({ removed: 0, left: 1 })
  await env.DB.prepare(`UPDATE contacts SET name = 'Bea' WHERE name = 'Bob'`).run()
  expect((await download(id)).text).toContain('Bea')
})
