import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../../src/db/client.ts'
import { removeFailuresOf } from '../../../src/storage/cleanup/purge.ts'
import { sweep } from '../../../src/storage/cleanup/sweep.ts'
import { USER } from '../../helpers/api.ts'
import { LIST, newId, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'

const DAY = 86_400_000

beforeEach(emptyStorage)

const ago = (days: number) => `${new Date(Date.now() - days * DAY).toISOString().slice(0, 19)}Z`

async function swept() {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const database = openDatabase(env.DB)
  await sweep(database, env.FILES, { fileRetentionDays: 30 })
  const line = JSON.parse(String(said.mock.lastCall?.[0]))
  said.mockRestore()
  return { ...line, rowsRead: database.cost.rowsRead }
}

/** A run that started so many days ago, with an object of refused lines. */
async function runSince(days: number, account_list_ids: readonly string[] | null = null) {
  const id = newId()
  const started_at = ago(days)
  await insert('sync_runs', {
    id,
    user_id: USER,
    position: id,
    state: 'done',
    started_at,
    account_list_ids: account_list_ids && JSON.stringify(account_list_ids),
  })
  await env.FILES.put(`sync/${started_at.slice(0, 10)}/${id}/000000.ndjson`, '{}')
  return id
}

const column = async (name: string, table: string) =>
  (await env.DB.prepare(`SELECT ${name} FROM ${table} ORDER BY 1`).raw()).flat()

const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)

const personDeleted = (id: string, days: number) => ({
  type: 'people',
  id,
  account_list_id: LIST,
  deleted_at: ago(days),
})

describe('the sweep', () => {
  it('removes runs and their refused lines after 30 days', async () => {
    await runSince(400)
    await runSince(31)
    const kept = [await runSince(29), await runSince(0)]
    expect(await swept()).toMatchObject({ failures_removed: 2, runs_forgotten: 2 })
    expect(await column('id', 'sync_runs')).toEqual(kept)
    expect((await keys()).map((key) => key.split('/')[2])).toEqual(kept)
  })

  it('removes the refused lines of a run that nobody knows', async () => {
    await env.FILES.put(`sync/${ago(31).slice(0, 10)}/${newId()}/000000.ndjson`, '{}')
    await env.FILES.put('exports/other', '{}')
    expect(await swept()).toMatchObject({ failures_removed: 1 })
    expect(await keys()).toEqual(['exports/other'])
  })

  it('forgets tombstones after 400 days, and reads only those', async () => {
    await insert('deleted_records', personDeleted('1', 401), personDeleted('2', 399))
    await insert('deleted_records', {
      ...personDeleted('3', 401),
      account_list_id: '',
      type: 'tasks',
    })
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO deleted_records (type, id, account_list_id) SELECT 'contacts', i, ? FROM n`,
    )
      .bind(LIST)
      .run()
    const { rowsRead, ...line } = await swept()
    expect(line).toMatchObject({ tombstones_forgotten: 2 })
    expect(rowsRead).toBeLessThan(100)
    expect(
      await env.DB.prepare(`SELECT id FROM deleted_records WHERE type <> 'contacts'`).raw(),
    ).toEqual([['2']])
  })
})

describe('a purge', () => {
  it('removes the refused lines of runs that might have written the account list', async () => {
    const all = await runSince(1)
    const both = await runSince(1, [LIST, OTHER_LIST])
    const other = await runSince(1, [OTHER_LIST])
    expect(await removeFailuresOf(openDatabase(env.DB), env.FILES, LIST)).toBe(0)
    expect((await keys()).map((key) => key.split('/')[2])).toEqual([other])
    expect(await column('id', 'sync_runs')).toEqual([all, both, other])
  })
})
