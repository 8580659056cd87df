import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KeptFile } from '../../src/storage/kept-file.ts'
import { serveKeptFile } from '../../src/storage/serve-kept-file.ts'
import { emptyStorage } from '../helpers/database.ts'
import { brokenBucket } from '../helpers/faults.ts'

const name = { exportLogId: '00000000-0000-4000-8000-000000000001', variant: 'mailing.bom.csv' }
const key = `exports/${name.exportLogId}.mailing.bom.csv`
const content = '0123456789'
const hash = createHash('sha256').update(content)
const sha256 = hash.copy().digest('hex')
const about = {
  'Accept-Ranges': 'bytes',
  ETag: `"${sha256}"`,
  'Last-Modified': 'Wed, 12 Jan 2022 17:18:07 GMT',
  'Repr-Digest': `sha-256=:${hash.digest('base64')}:`,
}

beforeEach(emptyStorage)

const kept = async (): Promise<KeptFile> => ({
  version: (await env.FILES.put(key, content, {})).version,
  rows: 1,
  bytes: content.length,
  sha256,
  producedAt: '2022-01-12T17:18:07Z',
  accountListIds: [],
})

async function serve(file: KeptFile, headers = {}, method = 'GET', bucket = env.FILES) {
  const request = new Request('https://exports.example/', { method, headers })
  const served = await serveKeptFile(bucket, name, file, request)
  if (typeof served === 'string' || !('body' in served)) return served
  return { ...served, body: served.body && (await new Response(served.body).text()) }
}

describe('a kept file', () => {
  it('is served whole, with its length, tag, date and digest', async () => {
    const headers = { ...about, 'Content-Length': '10' }
    const file = await kept()
    expect(await serve(file)).toEqual({ status: 200, headers, body: content })
    expect(await serve(file, {}, 'HEAD')).toEqual({ status: 200, headers, body: null })
    expect(await serve(file, { Range: 'bytes=1-2,4-5' })).toMatchObject({ body: content })
  })

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=3-5', '345', 'bytes 3-5/10'],
    ['bytes=8-', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', content, 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
  ])('is given in part for %s', async (range, body, contentRange) => {
    const lengths = { 'Content-Length': String(body.length), 'Content-Range': contentRange }
    expect(await serve(await kept(), { Range: range })).toEqual({
      status: 206,
      headers: { ...about, ...lengths },
      body,
    })
  })

  it('that the client has is not sent again', async () => {
    const answer = { status: 304, headers: about, body: null }
    const file = await kept()
    expect(await serve(file, { 'If-None-Match': about.ETag })).toEqual(answer)
    expect(await serve(file, { 'If-Modified-Since': about['Last-Modified'] })).toEqual(answer)
    expect(await serve(file, { 'If-None-Match': about.ETag }, 'HEAD')).toEqual(answer)
  })

  it('gives its length for a range past the end, and no body for a precondition', async () => {
    const file = await kept()
    expect(await serve(file, { Range: 'bytes=10-' })).toEqual({
      status: 416,
      headers: { 'Content-Range': 'bytes */10' },
    })
    expect(await serve(file, { 'If-Match': '"x"' })).toEqual({ status: 412 })
  })

  it.each([
    ['GET', {}],
    ['HEAD', {}],
    ['GET', { Range: 'bytes=0-1' }],
    ['GET', { Range: 'bytes=99-' }],
    ['GET', { 'If-None-Match': '*' }],
    ['GET', { 'If-Match': '"x"' }],
    ['GET', { Range: 'bytes=9-9' }],
  ])('is gone when R2 has not that version: %s %j', async (method, headers) => {
    const file = await kept()
    await env.FILES.put(key, 'less')
    expect(await serve(file, headers, method)).toBe('gone')
    await env.FILES.delete(key)
    expect(await serve(file, headers, method)).toBe('gone')
  })

  it('is unreadable when R2 fails, and the log says why', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(await serve(await kept(), {}, 'GET', brokenBucket('get'))).toBe('unreadable')
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"kept_file_unreadable"'))
    log.mockRestore()
  })
})
