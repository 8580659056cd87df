import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApiDocument } from '../../openapi/document.ts'
import { startWorker } from '../browser/local-worker.ts'

let worker: Awaited<ReturnType<typeof startWorker>>

beforeAll(async () => {
  worker = await startWorker(['SELECT 1'], {})
}, 120_000)

afterAll(() => worker?.stop())

const request = (method: string, headers: Record<string, string> = {}) =>
  fetch(`${worker.origin}/openapi.json`, { method, headers })

describe('the OpenAPI document', () => {
  it('is served to anybody, to pages of any origin, and may be cached for five minutes', async () => {
    const response = await request('GET', { Origin: 'https://app.example' })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
  })

  it('is served to a HEAD request without its body', async () => {
    const response = await request('HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(await response.text()).toBe('')
  })

  it('is not sent again to a client that has it', async () => {
    const { headers } = await request('HEAD')
    const response = await request('GET', { 'If-None-Match': headers.get('ETag') ?? '' })
    expect(response.status).toBe(304)
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'refuses %s and names the methods',
    async (method) => {
      const response = await request(method)
      expect(response.status).toBe(405)
      expect(response.headers.get('Allow')).toBe('GET, HEAD')
    },
  )
})

describe('the fonts of labels', () => {
  it('are served with their licence, and may be cached for a day', async () => {
    for (const [file, start] of [
      ['OFL.txt', 'NotoSans'],
      ['NotoSans.ttf', '\0\x01\0\0'],
      ['NotoSansJP-0.pack', ''],
    ]) {
      const response = await fetch(`${worker.origin}/fonts/${file}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=86400')
      const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
      expect(text.startsWith(start ?? '')).toBe(true)
    }
  })
})
