import { describe, expect, it, vi } from 'vitest'
import { call } from '../helpers/api.ts'

const ISSUER = 'https://login.example'

/** An environment in which people sign in at a provider. */
const settings = { OIDC_ISSUER: ISSUER, OIDC_CLIENT_ID: 'console' }

const discovery = (response: () => Response | Promise<never>) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => response())

const policyOf = async (bindings: object) => {
  const { headers } = await call('/', { user: null, bindings })
  return headers.get('Content-Security-Policy')
}

describe('the settings of the console', () => {
  it('name neither a provider nor an address where there is none', async () => {
    const response = await call('/console.json', { user: null })
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(JSON.parse(response.text)).toEqual({})
  })

  it('name the provider, what to ask of it, and where tokens come from', async () => {
    const bindings = {
      ...settings,
      JWT_AUDIENCE: 'contact-exports',
      CONSOLE_SIGN_IN_URL: 'https://app.example/exports',
    }
    const response = await call('/console.json', { user: null, bindings })
    expect(JSON.parse(response.text)).toEqual({
      provider: {
        issuer: ISSUER,
        client_id: 'console',
        scope: 'openid',
        audience: 'contact-exports',
      },
      sign_in_url: 'https://app.example/exports',
    })
  })

  it('can only be read', async () => {
    const response = await call('/console.json', { user: null, method: 'POST' })
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
  })
})

describe('the page of the console', () => {
  it('may call nobody but the service', async () => {
    expect(await policyOf({})).toContain("connect-src 'self';")
  })

  it('may call the provider, and the origin of its token endpoint, and frame both', async () => {
    const fetched = discovery(() =>
      Response.json({ issuer: ISSUER, token_endpoint: 'https://tokens.example/token' }),
    )
    const policy = await policyOf(settings)
    expect(policy).toContain(`connect-src 'self' ${ISSUER} https://tokens.example;`)
    expect(policy).toContain(`frame-src 'self' ${ISSUER} https://tokens.example`)
    expect(policy).toContain("script-src 'self';")
    fetched.mockRestore()
  })

  it('is there when the provider cannot be discovered, and the log says so', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const fetched = discovery(() => Promise.reject(new Error('It is away.')))
    const policy = await policyOf({ ...settings, OIDC_ISSUER: 'https://other.example' })
    expect(policy).toContain("connect-src 'self' https://other.example;")
    expect(String(log.mock.lastCall)).toContain('provider_not_discovered')
    fetched.mockRestore()
  })
})
