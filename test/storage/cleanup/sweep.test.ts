import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { openDatabase } from '../../../src/db/client.ts'
import { sweep } from '../../../src/storage/cleanup/sweep.ts'
import { call, EXPORTS, post, postDocument, USER } from '../../helpers/api.ts'
import { addContact, addList, newId } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { bucketWith } from '../../helpers/faults.ts'
import { download, logOf } from '../../helpers/files.ts'

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

/** What the last sweep cost. */
let queries = 0
let rowsRead = 0

const counts = z.object({
  files_removed: z.number(),
  files_left: z.number(),
  ids_forgotten: z.number(),
  ids_left: z.number(),
})

/** Sweeps, and gives what the log says of it. */
async function swept(bucket = env.FILES, retention = {}): Promise<unknown> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const database = openDatabase(env.DB)
  await sweep(database, bucket, { fileRetentionDays: RETENTION_DAYS, ...retention })
  ;({ queries, rowsRead } = database.cost)
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
  logs_removed: 0,
  logs_left: 0,
  ids_forgotten: 0,
  ids_left: 0,
  files_removed: 0,
  files_left: 0,
  failures_removed: 0,
  runs_forgotten: 0,
  tombstones_forgotten: 0,
  orphaned_objects: 0,
  scan_complete: true,
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

  it('leave their logs, and are made again when they are requested', async () => {
    const id = await keptSince(31 * DAY)
    await swept()
    await env.DB.prepare(`UPDATE contacts SET name = 'Bea'`).run()
    expect((await download(id)).text).toContain('Bea')
    expect((await download(id)).headers.get('ETag')).not.toBeNull()
    expect(await swept()).toEqual(nothing)
  })

  it('are not touched while they are made again', async () => {
    const id = await keptSince(31 * DAY)
    await change(id, 'claim', 'a production')
    await change(id, 'claimed_at', ago(60))
    expect(await swept()).toEqual(nothing)
    expect((await keys()).length).toBe(1)
  })

  it('are removed in batches when there are many', async () => {
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

  it('that R2 does not remove do not block the others, and are removed next time', async () => {
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

  it('stay on record when R2 fails, which is not called for each of them', async () => {
    for (let count = 0; count < 12; count += 1) await keptSince(31 * DAY)
    expect(await swept(bucketThatKeeps(() => true))).toEqual({ ...nothing, files_left: 12 })
    expect(log.mock.calls.length).toBe(10)
    expect((await idsOnRecord()).length).toBe(12)
  })
})

describe('files of deleted logs', () => {
  it('are removed, whichever program deleted the log', async () => {
    const [id, other] = [await keptSince(60), await keptSince(60)]
    await env.DB.prepare('DELETE FROM export_logs WHERE id = ?').bind(id).run()
    expect(await swept()).toEqual({ ...nothing, files_removed: 1 })
    expect([await keys(), await idsOnRecord()]).toEqual([[`exports/${other}.csv`], [other]])
  })
})

describe('productions that were cut off', () => {
  it('lose their claims and objects after an hour', async () => {
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

  it('keep the record of an upload that R2 does not abort until it has expired', async () => {
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
    expect(await swept()).toEqual({ ...nothing, uploads_left: 1 })
    expect(await rows('export_uploads')).toMatchObject([{ upload_id: 'a' }])
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"upload_not_aborted"'))
  })
})

describe('orphaned objects', () => {
  it('are removed when there is no record, or one of another version', async () => {
    const [id, kept] = [await keptSince(60), await keptSince(60)]
    await env.FILES.put(`exports/${id}.csv`, 'of another version')
    await env.FILES.put(`exports/${newId()}.mailing.bom.csv`, 'unknown')
    expect(await swept()).toEqual({ ...nothing, orphaned_objects: 2, files_removed: 2 })
    expect([await keys(), await idsOnRecord()]).toEqual([[`exports/${kept}.csv`], [kept]])
  })

  it('are none that are being made, are newer than the sweep, or have other keys', async () => {
    const [making, newer] = [await keptSince(60), await keptSince(-60)]
    await change(making, 'claim', 'a production')
    await change(making, 'claimed_at', ago(30))
    const elsewhere = ['exports/readme', 'exports/deeper/a.csv', 'other/a.csv']
    const files = [making, newer].map((id) => `exports/${id}.csv`)
    for (const key of [...files, ...elsewhere]) await env.FILES.put(key, 'x')
    expect(await swept()).toEqual(nothing)
    expect(await keys()).toEqual([...files, ...elsewhere].toSorted())
  })

  it('are looked for page by page, from where the last sweep stopped', async () => {
    const ids = [newId(), newId(), newId()]
    for (const id of ids) await env.FILES.put(`exports/${id}.csv`, 'unknown')
    await insert('sweep_progress', { id: 1, after_key: `exports/${ids[1]}.csv` })
    expect(await swept()).toMatchObject({ orphaned_objects: 1, files_removed: 1 })
    expect(await keys()).toEqual(ids.slice(0, 2).map((id) => `exports/${id}.csv`))
    const inTurn = bucketWith({ list: (options) => env.FILES.list({ ...options, limit: 1 }) })
    await env.DB.prepare(`UPDATE sweep_progress SET completed_on = '2022-01-12'`).run()
    expect(await swept(inTurn)).toMatchObject({ orphaned_objects: 2, files_removed: 2 })
    expect(await keys()).toEqual([])
    const completed_on = ago(0).slice(0, 10)
    expect(await rows('sweep_progress')).toEqual([{ id: 1, after_key: '', completed_on }])
  })

  it('are looked for in one page only, once the scan of the day is complete', async () => {
    await swept()
    const ids = [newId(), newId(), newId()]
    for (const id of ids) await env.FILES.put(`exports/${id}.csv`, 'unknown')
    const inTurn = bucketWith({ list: (options) => env.FILES.list({ ...options, limit: 1 }) })
    const one = { orphaned_objects: 1, files_removed: 1, scan_complete: true }
    for (const left of [2, 1, 0]) {
      expect(await swept(inTurn)).toMatchObject(one)
      expect((await keys()).length).toBe(left)
    }
  })

  it('are looked for in a limited number of pages a run, and the next run continues', async () => {
    for (let count = 0; count < 52; count += 1) await env.FILES.put(`exports/${newId()}.csv`, 'x')
    const inTurn = bucketWith({ list: (options) => env.FILES.list({ ...options, limit: 1 }) })
    const first = { orphaned_objects: 50, files_removed: 50, scan_complete: false }
    expect(await swept(inTurn)).toEqual({ ...nothing, ...first })
    expect(await swept(inTurn)).toEqual({ ...nothing, orphaned_objects: 2, files_removed: 2 })
  })

  it('wait for the next run when R2 cannot list them', async () => {
    await keptSince(31 * DAY)
    const bucket = bucketWith({ list: () => Promise.reject(new Error('R2 is away')) })
    const left = { files_removed: 1, scan_complete: false }
    expect(await swept(bucket)).toEqual({ ...nothing, ...left })
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"objects_not_listed"'))
    expect(await swept()).toEqual(nothing)
  })
})

/** A log with a kept file, made so long ago. */
const madeAgo = async (seconds: number, column = 'export_at') => {
  const id = await logOf({})
  await download(id)
  await env.DB.prepare(`UPDATE export_logs SET ${column} = ? WHERE id = ?`)
    .bind(ago(seconds), id)
    .run()
  return id
}

describe('logs older than they are kept', () => {
  const DAYS = 90
  const retention = { logRetentionDays: DAYS }

  it('are removed with their files, younger ones are not', async () => {
    const old = await madeAgo(DAYS * DAY + 60)
    const young = await madeAgo(DAYS * DAY - 60)
    const done = { logs_removed: 1, files_removed: 1 }
    expect(await swept(env.FILES, retention)).toEqual({ ...nothing, ...done })
    expect(await keys()).toEqual([`exports/${young}.csv`])
    expect((await call(`${EXPORTS}/${old}`)).status).toBe(404)
    expect((await call(`${EXPORTS}/${young}`)).status).toBe(200)
    expect(await swept(env.FILES, retention)).toEqual(nothing)
  })

  it('have the age that the server says, whatever the client says', async () => {
    await madeAgo(DAYS * DAY + 60, 'created_at')
    expect(await swept(env.FILES, retention)).toEqual(nothing)
  })

  it('of other programs are as old as they say', async () => {
    const logs = [DAYS * DAY + 60, 60].map((seconds) => ({
      id: newId(),
      user_id: USER,
      created_at: ago(seconds),
    }))
    await insert('export_logs', ...logs)
    expect(await swept(env.FILES, retention)).toEqual({ ...nothing, logs_removed: 1 })
    expect(await rows('export_logs')).toMatchObject([{ id: logs[1]?.id }])
  })

  it('leave their ids taken, and room in the quota', async () => {
    const id = await madeAgo(DAYS * DAY + 60)
    await swept(env.FILES, retention)
    expect((await postDocument({ data: { type: 'export_logs', id } })).status).toBe(409)
    expect(await rows('export_log_usage')).toEqual([])
    expect((await post({}, { bindings: { LOG_QUOTA: 1 } })).status).toBe(201)
  })

  it('stay without a retention, and with one longer than the calendar', async () => {
    await madeAgo(4000 * DAY)
    expect(await swept()).toEqual(nothing)
    expect(await swept(env.FILES, { logRetentionDays: 999_999_999 })).toEqual(nothing)
  })

  it('are removed over several runs when there are many, and each says what is left', async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12034)
       INSERT INTO export_logs (id, user_id, export_at)
       SELECT printf('00000000-0000-4000-9000-%012d', i), ?, '2022-01-12T17:18:07Z' FROM n`,
    )
      .bind(USER)
      .run()
    const removed: number[] = []
    for (let left = 12_034; left > 0 && removed.length < 20;) {
      const line = await swept(env.FILES, retention)
      expect(line).toEqual({
        ...nothing,
        logs_removed: expect.any(Number),
        logs_left: expect.any(Number),
      })
      const { logs_removed, logs_left } = z
        .object({ logs_removed: z.number(), logs_left: z.number() })
        .parse(line)
      expect(logs_left).toBe(left - logs_removed)
      removed.push(logs_removed)
      left = logs_left
    }
    expect(removed.length).toBeGreaterThan(1)
    expect([await rows('export_logs'), await rows('export_log_usage')]).toEqual([[], []])
  })
})

describe('ids of deleted logs', () => {
  it('can be used again after 400 days', async () => {
    const [old, young] = [newId(), newId()]
    for (const [id, days] of [
      [old, 401],
      [young, 399],
    ] as const) {
      await insert('deleted_export_logs', { id, user_id: USER, deleted_at: ago(days * DAY) })
    }
    expect(await swept()).toEqual({ ...nothing, ids_forgotten: 1 })
    const statuses = [old, young].map(
      async (id) => (await postDocument({ data: { type: 'export_logs', id } })).status,
    )
    expect(await Promise.all(statuses)).toEqual([201, 409])
  })
})

describe('a run of the sweep', () => {
  const NUMBERS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)'

  /** More files and ids than a run can remove. */
  const fill = () =>
    env.DB.batch([
      env.DB.prepare(
        `INSERT INTO export_files (export_log_id, variant, version, produced_at) ${NUMBERS}
         SELECT printf('%012d', i), 'csv', 'v', '2022-01-12T17:18:07Z' FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO deleted_export_logs (id, user_id, deleted_at) ${NUMBERS}
         SELECT printf('%012d', i), 'x', '2022-01-12T17:18:07Z' FROM n`,
      ),
    ])

  it('makes fewer than 1,000 queries, and runs continue until nothing is left', async () => {
    await fill()
    // What R2 itself takes for objects that are not there is of no interest here.
    const bucket = bucketWith({ delete: async () => undefined })
    let left = 1
    let removed = 0
    let forgotten = 0
    for (let runs = 0; left > 0; runs += 1) {
      expect(runs).toBeLessThan(20)
      const line = counts.parse(await swept(bucket))
      expect(queries).toBeLessThan(700)
      left = line.files_left + line.ids_left
      removed += line.files_removed
      forgotten += line.ids_forgotten
      expect(line.files_left).toBe(60_000 - removed)
    }
    expect([removed, forgotten]).toEqual([60_000, 60_000])
    expect([await rows('export_files'), await rows('deleted_export_logs')]).toEqual([[], []])
  }, 120_000)

  it('without work reads a few rows, however many files and logs are kept', async () => {
    await env.DB.batch(
      [
        `INSERT INTO export_files (export_log_id, variant, version, produced_at)
         SELECT value, 'csv', 'v', '${ago(60)}' FROM json_each(?)`,
        `INSERT INTO export_logs (id, user_id) SELECT value, '${USER}' FROM json_each(?)`,
        `INSERT INTO deleted_export_logs (id, user_id) SELECT value || 'x', 'x' FROM json_each(?)`,
      ].map((sql) => env.DB.prepare(sql).bind(JSON.stringify(Array.from({ length: 5000 }, newId)))),
    )
    await swept(env.FILES, { logRetentionDays: 90 })
    expect(await swept(env.FILES, { logRetentionDays: 90 })).toEqual(nothing)
    expect([queries <= 30, rowsRead < 50]).toEqual([true, true])
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
