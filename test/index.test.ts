import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import worker from '../src/index.ts'
import { addContact, addList } from './helpers/contacts.ts'
import { emptyStorage } from './helpers/database.ts'
import { spyOnDatabase } from './helpers/faults.ts'
import { download, logOf } from './helpers/files.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

const run = (bindings: object = {}) =>
  worker.scheduled(createScheduledController(), { ...env, ...bindings })

describe('the cron run', () => {
  let id = ''

  beforeEach(async () => {
    await emptyStorage()
    await addList()
    await addContact({ name: 'Ann' })
    id = await logOf({})
    await download(id)
    await env.DB.prepare(`UPDATE export_files SET produced_at = '2022-01-12T17:18:07Z'`).run()
    log.mockClear()
  })

  const isKept = async () => (await env.FILES.head(`exports/${id}.csv`)) !== null

  it('removes what is older than 30 days', async () => {
    await run()
    expect(await isKept()).toBe(false)
  })

  it('keeps what FILE_RETENTION_DAYS keeps', async () => {
    await run({ FILE_RETENTION_DAYS: '36500' })
    expect(await isKept()).toBe(true)
    await run({ FILE_RETENTION_DAYS: 1 })
    expect(await isKept()).toBe(false)
  })

  it('removes nothing where FILE_RETENTION_DAYS cannot be meant, and the log says why', async () => {
    await expect(run({ FILE_RETENTION_DAYS: '0' })).rejects.toThrow('The sweep failed')
    expect(await isKept()).toBe(true)
    expect(String(log.mock.lastCall)).toContain(
      'FILE_RETENTION_DAYS must be a whole number from 1 to ',
    )
  })

  it('that fails tells the log its cause, and the runtime nothing of the statement', async () => {
    const { database } = spyOnDatabase(
      () => new Error('Failed query: x', { cause: new Error('D1 is away') }),
    )
    await expect(run({ DB: database })).rejects.toThrow(/^The sweep failed\. The [a-z ]+\.$/)
    expect(JSON.parse(String(log.mock.lastCall))).toMatchObject({
      event: 'sweep_failed',
      error: 'D1 is away',
      stack: expect.any(String),
    })
  })
})
