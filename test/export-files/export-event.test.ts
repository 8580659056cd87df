import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../src/app.ts'
import { EXPORTS, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { EXTENSIONS, download, logOf } from '../helpers/files.ts'

const lines: string[] = []
const note = (line: unknown) => lines.push(String(line))
vi.spyOn(console, 'log').mockImplementation(note)
vi.spyOn(console, 'error').mockImplementation(note)

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const number: unknown = expect.any(Number)

/** What the log says of files, and of the requests for them, since it was looked at last. */
function told() {
  const all = lines.map((line): Record<string, unknown> => JSON.parse(line))
  lines.length = 0
  return {
    files: all.filter(({ event }) => event === 'export' || event === 'export_failed'),
    requests: all.filter(({ event }) => event === 'request'),
  }
}

const addLargeContacts = async () => {
  for (let count = 0; count < 7; count += 1) await addContact({ name: 'x'.repeat(1_000_000) })
}

/** Reads so many chunks of a file, and goes away. @returns how many bytes came */
async function leaveAfter(id: string, chunks: number): Promise<number> {
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.csv?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), env, context)
  if (!body) throw new Error('There is no body.')
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  let bytes = 0
  for (let chunk = 0; chunk < chunks; chunk += 1) bytes += (await reader.read()).value?.length ?? 0
  await reader.cancel()
  await waitOnExecutionContext(context)
  return bytes
}

describe.each(EXTENSIONS)('a %s file is one line in the log', (format) => {
  it('that bears the id of its request', async () => {
    await addContact()
    await addContact()
    const id = await logOf({})
    told()
    for (const source of ['made', 'kept']) {
      const { bytes } = await download(id, format)
      const { files, requests } = told()
      expect(files).toEqual([
        {
          event: 'export',
          request_id: requests[0]?.['request_id'],
          id,
          format,
          source,
          rows: 2,
          bytes: bytes.length,
          ms: number,
          first_byte_ms: number,
          d1_queries: number,
          d1_rows_read: number,
        },
      ])
    }
  })
})

describe('the line of a file', () => {
  it('tells the bytes of a part, and none where no bytes were sent', async () => {
    await addContact()
    const id = await logOf({})
    await download(id)
    told()
    await download(id, 'csv', { headers: { Range: 'bytes=0-9' } })
    await download(id, 'csv', { method: 'HEAD' })
    await download(id, 'csv', { headers: { 'If-None-Match': '*' } })
    expect(told().files).toMatchObject([{ source: 'kept', rows: 1, bytes: 10 }])
  })

  it('of a kept file comes when it has left, with the bytes that did', async () => {
    await addLargeContacts()
    const id = await logOf({})
    const { bytes } = await download(id)
    told()
    const read = await leaveAfter(id, 2)
    const { files, requests } = told()
    expect(files).toMatchObject([{ event: 'export', source: 'kept', interrupted: true }])
    const sent = Number(files[0]?.['bytes'])
    expect(sent).toBeLessThan(bytes.length)
    expect(sent).toBeLessThanOrEqual(read + 512 * 1024)
    expect(requests).toMatchObject([{ interrupted: true, bytes: sent }])
  })

  it('of a file whose client went away comes when it is finished, with the bytes that left', async () => {
    await addLargeContacts()
    const id = await logOf({})
    told()
    const read = await leaveAfter(id, 2)
    expect(told().files).toMatchObject([
      { event: 'export', source: 'made', interrupted: true, rows: 7, bytes: read },
    ])
  })

  it('of a file that fails has the same fields, and the error', async () => {
    await addContact()
    const id = await logOf({})
    told()
    const { database } = spyOnDatabase((sql) =>
      sql.includes('"people"') ? new Error('D1 is away') : undefined,
    )
    const failing = download(id, 'csv', { bindings: { DB: database } })
    await expect(failing).rejects.toThrow('The export failed')
    const { files, requests } = told()
    expect(files).toEqual([
      {
        event: 'export_failed',
        request_id: requests[0]?.['request_id'],
        id,
        format: 'csv',
        source: 'made',
        rows: 0,
        bytes: number,
        interrupted: true,
        ms: number,
        first_byte_ms: number,
        d1_queries: number,
        d1_rows_read: number,
        error: 'D1 is away',
        stack: expect.any(String),
      },
    ])
  })
})
