import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, post } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { brokenBucket } from '../helpers/faults.ts'
import { logOf, workbookOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  for (const name of ['Ann', 'Bob', 'Zoë']) await addContact({ name })
})

const MARK = [0xef, 0xbb, 0xbf]

const metaOf = async (id: string) => JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.meta
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes)
const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)

/** Every file of a log: where it is, and what follows the id in its key. */
const files: readonly [string, string, string][] = [
  [EXPORTS, 'csv', 'csv'],
  [EXPORTS, 'xlsx', 'xlsx'],
  [EXPORTS, 'csv?bom=true', 'bom.csv'],
  [MAILING, 'csv', 'mailing.csv'],
  [MAILING, 'xlsx', 'mailing.xlsx'],
  [MAILING, 'csv?bom=true', 'mailing.bom.csv'],
]

describe('a log', () => {
  it.each(files)('shows its file at %s/<id>.%s as %s', async (path, file, variant) => {
    const id = await logOf({})
    expect(await metaOf(id)).toEqual({ files: {} })
    const before = Math.floor(Date.now() / 1000) * 1000
    const { bytes } = await call(`${path}/${id}.${file}`)
    const sha256 = digestOf(bytes).digest('hex')
    const { files: told } = await metaOf(id)
    expect(told).toEqual({
      [variant]: { bytes: bytes.length, produced_at: expect.any(String), rows: 3, sha256 },
    })
    expect(told[variant].produced_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(Date.parse(told[variant].produced_at)).toBeGreaterThanOrEqual(before)
  })

  it('shows all its files, in alphabetical order, and those of no other log', async () => {
    const [id, other] = [await logOf({}), await logOf({})]
    for (const [path, file] of files) await call(`${path}/${id}.${file}`)
    const { files: told } = await metaOf(id)
    expect(Object.keys(told)).toEqual(files.map(([, , variant]) => variant).toSorted())
    expect(Object.keys(told.csv)).toEqual(['bytes', 'produced_at', 'rows', 'sha256'])
    expect(await metaOf(other)).toEqual({ files: {} })
  })

  it('shows no file that is being made or could not be kept', async () => {
    const id = await logOf({})
    await insert('export_files', { export_log_id: id, variant: 'csv', claim: 'x' })
    await call(`${EXPORTS}/${id}.xlsx`, { bindings: { FILES: brokenBucket('put') } })
    expect(await metaOf(id)).toEqual({ files: {} })
  })

  it('that has just been made has no member for files', async () => {
    expect(JSON.parse((await post({})).text).data.meta).toBeUndefined()
  })
})

describe('a kept file', () => {
  it.each(files)('at %s/<id>.%s has the digest of its bytes', async (path, file) => {
    const id = await logOf({})
    const first = await call(`${path}/${id}.${file}`)
    expect(first.headers.get('Repr-Digest')).toBeNull()
    const digest = `sha-256=:${digestOf(first.bytes).digest('base64')}:`
    for (const [method, range, status] of [
      ['GET', undefined, 200],
      ['HEAD', undefined, 200],
      ['GET', 'bytes=1-2', 206],
    ] as const) {
      const headers = range === undefined ? {} : { Range: range }
      const again = await call(`${path}/${id}.${file}`, { method, headers })
      expect([again.status, again.headers.get('Repr-Digest')]).toEqual([status, digest])
    }
  })
})

describe('bom=true', () => {
  it.each([
    ['contacts', EXPORTS, 'bom.csv'],
    ['mailing', MAILING, 'mailing.bom.csv'],
  ])(
    'puts a mark in front of the same CSV of %s, kept under its own key',
    async (_, path, variant) => {
      const id = await logOf({})
      const plain = await call(`${path}/${id}.csv`)
      const marked = await call(`${path}/${id}.csv?bom=true`)
      expect([...marked.bytes]).toEqual([...MARK, ...plain.bytes])
      expect(marked.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
      expect(await keys()).toContain(`exports/${id}.${variant}`)
      const again = await call(`${path}/${id}.csv?bom=true`)
      expect(again.bytes).toEqual(marked.bytes)
      expect(again.headers.get('Content-Length')).toBe(String(plain.bytes.length + 3))
      expect(again.headers.get('ETag')).toBe(`"${digestOf(marked.bytes).digest('hex')}"`)
    },
  )

  it('precedes the headings of an empty file, too', async () => {
    const { bytes, text } = await call(`${EXPORTS}/${await logOf({ ids: ['x'] })}.csv?bom=true`)
    expect([...bytes.subarray(0, 3)]).toEqual(MARK)
    expect(text).toMatch(/Contact Name,.*\r\n$/)
  })

  it('has no effect on a workbook, which is the same file', async () => {
    const id = await logOf({})
    const marked = await call(`${EXPORTS}/${id}.xlsx?bom=true`)
    expect((await workbookOf(marked.bytes)).worksheets[0]?.rowCount).toBe(4)
    const plain = await call(`${EXPORTS}/${id}.xlsx`)
    expect(plain.bytes).toEqual(marked.bytes)
    expect(await keys()).toEqual([`exports/${id}.xlsx`])
  })

  it('with the value false has no effect', async () => {
    const id = await logOf({})
    await call(`${EXPORTS}/${id}.csv?bom=false`)
    expect(await keys()).toEqual([`exports/${id}.csv`])
  })

  it.each(['', '1', 'TRUE', 'yes'])('of %j is a 400', async (value) => {
    const { status, text } = await call(`${EXPORTS}/${await logOf({})}.csv?bom=${value}`)
    expect(status).toBe(400)
    expect(JSON.parse(text).errors[0].source).toEqual({ parameter: 'bom' })
  })

  it('is not part of a path', async () => {
    expect((await call(`${EXPORTS}/${await logOf({})}.bom.csv`)).status).toBe(400)
  })
})
