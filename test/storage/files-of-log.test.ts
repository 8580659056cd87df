import { eq } from 'drizzle-orm'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { exportLogs } from '../../src/db/schema/index.ts'
import { filesOfLog } from '../../src/storage/files-of-log.ts'
import { USER } from '../helpers/api.ts'
import { addList, LIST, newId, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const addLog = async (id = newId()) => {
  await insert('export_logs', { id, type: 'Contacts', params: '{}', user_id: USER })
  return id
}

const addFile = (exportLogId: string, variant: string, columns = {}) =>
  insert('export_files', {
    export_log_id: exportLogId,
    variant,
    version: 'v',
    rows: 1204,
    bytes: 380_000,
    sha256: 'ab'.repeat(32),
    produced_at: '2022-01-12T17:18:07Z',
    account_list_ids: JSON.stringify([LIST]),
    ...columns,
  })

const filesOf = async (id: string) => {
  const [row] = await openDatabase(env.DB)
    .select({ id: exportLogs.id, files: filesOfLog(USER) })
    .from(exportLogs)
    .where(eq(exportLogs.id, id))
  return row?.files
}

const told = {
  bytes: 380_000,
  produced_at: '2022-01-12T17:18:07Z',
  rows: 1204,
  sha256: 'ab'.repeat(32),
}

describe('what a log shows of its files', () => {
  it('is nothing while none is kept', async () => {
    const id = await addLog()
    await addFile(await addLog(), 'csv')
    expect(await filesOf(id)).toEqual({})
  })

  it('is their rows, bytes, digests and times, by variant in alphabetical order', async () => {
    const id = await addLog()
    for (const variant of ['xlsx', 'mailing.bom.csv', 'bom.csv', 'csv']) await addFile(id, variant)
    const files = await filesOf(id)
    expect(files).toEqual({ 'bom.csv': told, csv: told, 'mailing.bom.csv': told, xlsx: told })
    expect(Object.keys(files ?? {})).toEqual(['bom.csv', 'csv', 'mailing.bom.csv', 'xlsx'])
    expect(Object.keys(files?.['csv'] ?? {})).toEqual(['bytes', 'produced_at', 'rows', 'sha256'])
  })

  it('omits those that are being made, and those discarded', async () => {
    const id = await addLog()
    await addFile(id, 'csv', { discarded: 1 })
    await insert('export_files', {
      export_log_id: id,
      variant: 'xlsx',
      claim: 'somebody',
      claimed_at: '2022-01-12T17:18:07Z',
    })
    expect(await filesOf(id)).toEqual({})
  })

  it('omits those with contacts that the user can no longer read', async () => {
    const id = await addLog()
    await addFile(id, 'csv', { account_list_ids: JSON.stringify([LIST, OTHER_LIST]) })
    await addFile(id, 'xlsx', { account_list_ids: '[]' })
    expect(Object.keys((await filesOf(id)) ?? {})).toEqual(['xlsx'])
    await addList(OTHER_LIST)
    expect(Object.keys((await filesOf(id)) ?? {})).toEqual(['csv', 'xlsx'])
  })
})
