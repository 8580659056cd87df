import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { sweep } from '../../src/files/sweep.ts'
import { USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { bucketWith } from '../helpers/faults.ts'
import { download, logOf } from '../helpers/files.ts'

const RETENTION_DAYS = 30
const HOUR = 3600
const DAY = 24 * HOUR

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  log.mockClear()
})

/** Sweeps, and gives what the log says of it. */
async function swept(bucket = env.FILES): Promise<unknown> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await sweep(openDatabase(env.DB), bucket, { fileRetentionDays: RETENTION_DAYS })
  const line: unknown = JSON.parse(String(said.mock.lastCall?.[0]))
  said.mockRestore()
  return line
}

const ago = (seconds: number) =>
  `${new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19)}Z`

/** A log whose CSV file is kept, and was made so long ago. */
async function keptSince(seconds: number): Promise<string> {
  const id = await logOf({})
  await download(id)
  await change(id, 'produced_at', ago(seconds))
  return id
}

const change = (id: string, column: string, value: string | number | null) =>
  env.DB.prepare(`UPDATE export_files SET ${column} = ? WHERE export_log_id = ?`)
    .bind(value, id)
    .run()

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)
const rows = async (table: string) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results
const idsOnRecord = async () => (await rows('export_files')).map((row) => row['export_log_id'])

const nothing = {
  event: 'sweep',
  files_removed: 0,
  files_left: 0,
  unknown_objects: 0,
  uploads_aborted: 0,
  uploads_left: 0,
}

/** The bucket, in which the objects with these keys cannot be deleted. */
const bucketThatKeeps = (kept: (key: string) => boolean) =>
  bucketWith({
    delete: async (keys_) => {
      if ([keys_].flat().some(kept)) throw new Error('R2 is away')
      await env.FILES.delete(keys_)
    },
  })

describe('files older than they are kept', () => {
  it('are removed, younger ones are not', async () => {
    await keptSince(30 * DAY + 60)
    const young = await keptSince(30 * DAY - 60)
    expect(await swept()).toEqual({ ...nothing, files_removed: 1 })
    expect([await keys(), await idsOnRecord()]).toEqual([[`exports/${young}.csv`], [young]])
    expect(await swept()).toEqual(nothing)
  })

  it('leave their logs, and are made anew when they are asked for', async () => {
    const id = await keptSince(31 * DAY)
    await swept()
    await env.DB.prepare(`UPDATE contacts SET name = 'Bea'`).run()
    expect((await download(id)).text).toContain('Bea')
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
    expect(await swept()).toEqual(nothing)
  })

  it('are not touched while they are made anew', async () => {
    const id = await keptSince(31 * DAY)
    await change(id, 'claim', 'a production')
    await change(id, 'claimed_at', ago(60))
    expect(await swept()).toEqual(nothing)
    expect((await keys()).length).toBe(1)
  })

  it('are many, and go in batches', async () => {
    const ids = Array.from({ length: 1203 }, newId)
    await env.DB.prepare(
      `INSERT INTO export_files (export_log_id, variant, version, produced_at)
       SELECT value, 'csv', 'v', '2022-01-12T17:18:07Z' FROM json_each(?)`,
    )
      .bind(JSON.stringify(ids))
      .run()
    expect(await swept()).toEqual({ ...nothing, files_removed: 1203 })
    expect(await idsOnRecord()).toEqual([])
  })

  it('that R2 does not remove do not stop the others, and go next time', async () => {
    const ids = []
    for (let count = 0; count < 8; count += 1) ids.push(await keptSince(31 * DAY))
    const stubborn = ids.toSorted()[2]
    const bucket = bucketThatKeeps((key) => key.includes(String(stubborn)))
    expect(await swept(bucket)).toEqual({ ...nothing, files_removed: 7, files_left: 1 })
    expect(await keys()).toEqual([`exports/${stubborn}.csv`])
    expect(await rows('export_files')).toMatchObject([{ discarded: 1, claim: null }])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"file_not_removed"'))
    expect(await swept()).toEqual({ ...nothing, files_removed: 1 })
    expect(await keys()).toEqual([])
  })

  it('stay on record when R2 is away, which is not asked for each of them', async () => {
    for (let count = 0; count < 12; count += 1) await keptSince(31 * DAY)
    expect(await swept(bucketThatKeeps(() => true))).toEqual({ ...nothing, files_left: 12 })
    expect(log.mock.calls.length).toBe(10)
    expect((await idsOnRecord()).length).toBe(12)
  })
})

describe('files of logs that are gone', () => {
  it('are removed, whoever deleted the log', async () => {
    const [id, other] = [await keptSince(60), await keptSince(60)]
    await env.DB.prepare('DELETE FROM export_logs WHERE id = ?').bind(id).run()
    expect(await swept()).toEqual({ ...nothing, files_removed: 1 })
    expect([await keys(), await idsOnRecord()]).toEqual([[`exports/${other}.csv`], [other]])
  })
})

describe('productions that were cut off', () => {
  it('lose their claims after an hour, and what they may have left', async () => {
    const [id, young] = [newId(), newId()]
    for (const [log_id, seconds] of [
      [id, HOUR + 60],
      [young, HOUR - 60],
    ] as const) {
      await insert('export_files', {
        export_log_id: log_id,
        variant: 'csv',
        claim: log_id,
        claimed_at: ago(seconds),
      })
    }
    await env.FILES.put(`exports/${id}.csv`, 'complete, and never recorded')
    expect(await swept()).toMatchObject({ files_removed: 1 })
    expect([await keys(), await idsOnRecord()]).toEqual([[], [young]])
  })

  it('lose their uploads after an hour', async () => {
    const uploads = await Promise.all(
      [HOUR + 60, HOUR - 60].map(async (seconds) => {
        const name = { export_log_id: newId(), variant: 'xlsx' }
        const upload = await env.FILES.createMultipartUpload(`exports/${name.export_log_id}.xlsx`)
        const row = { ...name, upload_id: upload.uploadId, noted_at: ago(seconds) }
        await insert('export_uploads', row)
        return upload
      }),
    )
    expect(await swept()).toEqual({ ...nothing, uploads_aborted: 1 })
    const [old, young] = uploads
    await expect(old?.uploadPart(1, 'x')).rejects.toThrow('does not exist')
    expect((await young?.uploadPart(1, 'x'))?.partNumber).toBe(1)
    expect(await rows('export_uploads')).toMatchObject([{ upload_id: young?.uploadId }])
  })

  it('keep the note of an upload that cannot be aborted until R2 has ended it itself', async () => {
    for (const [upload_id, seconds] of [
      ['a', HOUR + 60],
      ['b', 9 * DAY],
    ] as const) {
      const noted_at = ago(seconds)
      await insert('export_uploads', {
        upload_id,
        export_log_id: newId(),
        variant: 'csv',
        noted_at,
      })
    }
    expect(await swept()).toEqual({ ...nothing, uploads_left: 2 })
    expect(await rows('export_uploads')).toMatchObject([{ upload_id: 'a' }])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"upload_left_open"'))
  })
})

describe('objects that are no kept files', () => {
  it('are removed when nothing is on record, or another version', async () => {
    const [id, kept] = [await keptSince(60), await keptSince(60)]
    await env.FILES.put(`exports/${id}.csv`, 'of another version')
    await env.FILES.put(`exports/${newId()}.mailing.bom.csv`, 'unknown')
    expect(await swept()).toEqual({ ...nothing, unknown_objects: 2, files_removed: 2 })
    expect([await keys(), await idsOnRecord()]).toEqual([[`exports/${kept}.csv`], [kept]])
  })

  it('are left alone while they are made, when they are newer than the sweep, and elsewhere', async () => {
    const [making, newer] = [await keptSince(60), await keptSince(-60)]
    await change(making, 'claim', 'a production')
    await change(making, 'claimed_at', ago(30))
    const elsewhere = ['exports/readme', 'exports/deeper/a.csv', 'other/a.csv']
    const files = [making, newer].map((id) => `exports/${id}.csv`)
    for (const key of [...files, ...elsewhere]) await env.FILES.put(key, 'x')
    expect(await swept()).toEqual(nothing)
    expect(await keys()).toEqual([...files, ...elsewhere].toSorted())
  })

  it('are looked for a page after the other, from where the last sweep stopped', async () => {
    const ids = [newId(), newId(), newId()]
    for (const id of ids) await env.FILES.put(`exports/${id}.csv`, 'unknown')
    await insert('sweep_progress', { id: 1, after_key: `exports/${ids[1]}.csv` })
    expect(await swept()).toMatchObject({ unknown_objects: 1, files_removed: 1 })
    expect(await keys()).toEqual(ids.slice(0, 2).map((id) => `exports/${id}.csv`))
    const inTurn = bucketWith({ list: (options) => env.FILES.list({ ...options, limit: 1 }) })
    expect(await swept(inTurn)).toMatchObject({ unknown_objects: 2, files_removed: 2 })
    expect(await keys()).toEqual([])
    expect(await rows('sweep_progress')).toEqual([{ id: 1, after_key: '' }])
  })

  it('wait for another day when R2 cannot list them', async () => {
    await keptSince(31 * DAY)
    const bucket = bucketWith({ list: () => Promise.reject(new Error('R2 is away')) })
    expect(await swept(bucket)).toEqual({ ...nothing, files_removed: 1 })
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"objects_not_listed"'))
  })
})

it('a sweep keeps logs of every age', async () => {
  await insert('export_logs', {
    id: newId(),
    type: 'Contacts',
    user_id: USER,
    created_at: '2012-01-12T17:18:07Z',
  })
  await swept()
  expect((await rows('export_logs')).length).toBe(1)
})
