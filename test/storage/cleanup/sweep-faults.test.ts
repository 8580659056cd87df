import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { openDatabase } from '../../../src/db/client.ts'
import { removeFiles } from '../../../src/storage/cleanup/remove-files.ts'
import { sweep } from '../../../src/storage/cleanup/sweep.ts'
import { USER } from '../../helpers/api.ts'
import { addContact, addList, newId } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { bucketWith } from '../../helpers/faults.ts'
import { faultyBindings, type Fault } from '../../helpers/faulty-bindings.ts'
import { download, logOf } from '../../helpers/files.ts'

const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)

const LONG_AGO = '2022-01-12T17:18:07Z'

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)
const countOf = (table: string) =>
  env.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first('count')

/** One of each thing that a sweep removes, and a log with a kept file that stays. */
async function fill(): Promise<string> {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  const [stays, outdated, expired] = [await logOf({}), await logOf({}), await logOf({})]
  for (const id of [stays, outdated, expired]) await download(id)
  await env.DB.batch([
    env.DB.prepare('UPDATE export_files SET produced_at = ? WHERE export_log_id = ?').bind(
      LONG_AGO,
      outdated,
    ),
    env.DB.prepare('UPDATE export_logs SET export_at = ? WHERE id = ?').bind(LONG_AGO, expired),
  ])
  await insert('deleted_export_logs', { id: newId(), user_id: USER, deleted_at: LONG_AGO })
  await insert('export_productions', {
    id: newId(),
    user_id: USER,
    kind: 'file',
    renewed_at: LONG_AGO,
  })
  const abandoned = { export_log_id: newId(), variant: 'csv' }
  await insert('export_files', { ...abandoned, claim: 'a claim', claimed_at: LONG_AGO })
  await env.FILES.put(`exports/${newId()}.csv`, 'unknown')
  const { uploadId } = await env.FILES.createMultipartUpload(
    `exports/${abandoned.export_log_id}.csv`,
  )
  const noted_at = new Date(Date.now() - 7_200_000).toISOString().replace(/\.\d+/, '')
  await insert('export_uploads', { ...abandoned, upload_id: uploadId, noted_at })
  const run = newId()
  await insert('sync_runs', {
    id: run,
    user_id: USER,
    position: '1',
    state: 'done',
    started_at: LONG_AGO,
  })
  await env.FILES.put(`sync/${LONG_AGO.slice(0, 10)}/${run}/000000.ndjson`, '{}')
  const tombstone = { id: newId(), account_list_id: newId(), deleted_at: LONG_AGO }
  await insert('deleted_records', { ...tombstone, type: 'tasks' })
  return stays
}

/** A sweep, of which everything is right; gives how many calls it made. */
async function attempt(fault?: Fault, number?: number): Promise<number> {
  const stays = await fill()
  const { DB, FILES, calls } = faultyBindings(fault, number)
  said.mockClear()
  await sweep(openDatabase(DB), FILES, { fileRetentionDays: 30, logRetentionDays: 90 })
  const lines = said.mock.calls.map(([line]): unknown => JSON.parse(String(line)))
  expect(lines.at(-1), `call ${number} ${fault}`).toEqual({
    event: 'sweep',
    logs_removed: 1,
    logs_left: 0,
    ids_forgotten: 1,
    ids_left: 0,
    files_removed: 4,
    files_left: 0,
    failures_removed: 1,
    runs_forgotten: 1,
    tombstones_forgotten: 1,
    orphaned_objects: 1,
    scan_complete: true,
    uploads_aborted: 1,
    uploads_left: 0,
  })
  expect(lines.length).toBe(fault ? 2 : 1)
  expect(await keys()).toEqual([`exports/${stays}.csv`])
  expect([
    await countOf('export_logs'),
    await countOf('export_files'),
    await countOf('export_uploads'),
    await countOf('export_productions'),
    await countOf('deleted_export_logs'),
  ]).toEqual([2, 1, 0, 0, 1])
  return calls.length
}

it('a sweep does and says the same while any one call of D1 or R2 fails for a moment', async () => {
  const calls = await attempt()
  for (const fault of ['fails for a moment', 'fails for a moment when it is done'] as const) {
    for (let number = 1; number <= calls; number += 1) {
      expect(await attempt(fault, number)).toBeGreaterThan(calls)
    }
  }
}, 120_000)

it('a removal that claims twice claims no more files than R2 deletes in a call', async () => {
  await emptyStorage()
  const ids = JSON.stringify(Array.from({ length: 1203 }, newId))
  await env.DB.prepare(
    `INSERT INTO export_files (export_log_id, variant, version, discarded)
     SELECT value, 'csv', 'v', 1 FROM json_each(?)`,
  )
    .bind(ids)
    .run()
  const sizes: number[] = []
  const bucket = bucketWith({ delete: async (batch) => void sizes.push([batch].flat().length) })
  const { DB } = faultyBindings('fails for a moment when it is done', 1)
  expect(await removeFiles(openDatabase(DB), bucket)).toEqual({ removed: 1203, left: 0 })
  expect(sizes).toEqual([500, 500, 203])
})

it('a removal stops when R2 stays unavailable, and says so once', async () => {
  await emptyStorage()
  await env.DB.prepare(
    `INSERT INTO export_files (export_log_id, variant, version, discarded)
     SELECT value, 'csv', 'v', 1 FROM json_each(?)`,
  )
    .bind(JSON.stringify(Array.from({ length: 20 }, newId)))
    .run()
  let calls = 0
  const bucket = bucketWith({
    delete: () => {
      calls += 1
      return Promise.reject(new Error('delete: We encountered an internal error. (10001)'))
    },
  })
  error.mockClear()
  expect(await removeFiles(openDatabase(env.DB), bucket)).toEqual({ removed: 0, left: 20 })
  expect(calls).toBeLessThan(10)
  expect(error.mock.calls.length).toBe(1)
})
