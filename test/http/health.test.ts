import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call } from '../helpers/api.ts'
import { bucketWith, spyOnDatabase } from '../helpers/faults.ts'

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(() => log.mockClear())

const away = () => Promise.reject(new Error('R2 is away'))

describe('the health', () => {
  it('is up when D1 and R2 answer and all settings are valid, and needs no token', async () => {
    const { status, text, headers } = await call('/health', { user: null })
    expect([status, text]).toEqual([200, '{"status":"up"}'])
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(log).not.toHaveBeenCalled()
  })

  it.each<[string, object, string]>([
    ['D1 fails', { DB: spyOnDatabase(() => new Error('D1 is away')).database }, 'D1 is away'],
    ['R2 fails', { FILES: bucketWith({ head: away }) }, 'R2 is away'],
    ['there is no secret', { JWT_SECRET: '' }, 'JWT_SECRET is not set'],
    ['the secret is short', { JWT_SECRET: 'short' }, 'JWT_SECRET is shorter than 32 bytes'],
    ['JWKS_URL stands alone', { JWKS_URL: 'https://login.example/keys' }, 'needs JWT_ISSUER'],
    ['LINK_TTL_SECONDS is invalid', { LINK_TTL_SECONDS: '15m' }, 'LINK_TTL_SECONDS must be'],
    ['LOG_QUOTA is invalid', { LOG_QUOTA: '0' }, 'LOG_QUOTA must be'],
    ['an origin has a path', { ALLOWED_ORIGINS: 'https://a.example/' }, 'ALLOWED_ORIGINS'],
  ])(
    'is down when %s: that stands in the log, and in the answer nothing',
    async (_, bindings, cause) => {
      const { status, text, headers } = await call('/health', { user: null, bindings })
      expect([status, text]).toEqual([503, '{"status":"down"}'])
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(JSON.parse(String(log.mock.lastCall))).toMatchObject({
        event: 'unhealthy',
        error: expect.stringContaining(cause),
      })
    },
  )

  it('tells a HEAD the same, without a word', async () => {
    const up = await call('/health', { method: 'HEAD', user: null })
    const bindings = { FILES: bucketWith({ head: away }) }
    const down = await call('/health', { method: 'HEAD', user: null, bindings })
    expect([up.status, up.text, down.status, down.text]).toEqual([200, '', 503, ''])
  })

  it('takes no other method', async () => {
    const { status, headers } = await call('/health', { method: 'POST', user: null })
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
  })
})
