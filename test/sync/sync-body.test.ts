import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { syncBody } from '../../src/sync/sync-body.ts'

const request = (body: BodyInit, coding?: string): Request => {
  const headers = new Headers({ 'Content-Type': 'application/x-ndjson' })
  if (coding !== undefined) headers.set('Content-Encoding', coding)
  return new Request('https://exports.example', { method: 'POST', body, headers })
}

/** How many bytes a body has, and why it has no more. */
async function readAll(given: Request) {
  const open = await syncBody(given)
  const body = open(async () => undefined)
  let bytes = 0
  let largest = 0
  try {
    for await (const chunk of body.lines) {
      bytes += chunk.length
      largest = Math.max(largest, chunk.length)
    }
  } catch (error) {
    if (error !== body.fault()) throw error
  }
  return { bytes, largest, fault: body.fault() }
}

describe('a body of the sync API', () => {
  it('is decompressed in small pieces, up to 500 MB', async () => {
    const part = gzipSync(new Uint8Array(10_000_000))
    const all = await new Blob(Array.from({ length: 51 }, () => part)).arrayBuffer()
    const { bytes, largest, fault } = await readAll(request(all, 'gzip'))
    expect(fault?.status).toBe(413)
    expect(bytes).toBeLessThanOrEqual(500_000_000)
    expect(largest).toBeLessThan(1_000_000)
  })

  it.each([
    ['', 0],
    ['a\nb\n', 4],
  ])('of %j is whole', async (text, expected) => {
    const packed = gzipSync(new TextEncoder().encode(text))
    expect(await readAll(request(text))).toMatchObject({ bytes: expected, fault: undefined })
    const { bytes, fault } = await readAll(request(packed, 'GZIP'))
    expect([bytes, fault]).toEqual([expected, undefined])
  })

  it.each([0, 1, 10, 20, 29])('of %i bytes of a gzip stream is a 400', async (length) => {
    const packed = gzipSync(new TextEncoder().encode('{"type":"contacts"}\n'))
    const { fault } = await readAll(request(packed.slice(0, length), 'gzip'))
    expect(fault?.status).toBe(400)
  })
})
