import { describe, expect, it } from 'vitest'
import { readSettings } from '../../src/settings/read-settings.ts'

const SECRET = 'x'.repeat(32)

const read = (settings: object) => readSettings({ JWT_SECRET: SECRET, ...settings })

describe('the settings', () => {
  it('have defaults for all but the secret', () => {
    expect(read({})).toEqual({
      secrets: [SECRET],
      provider: undefined,
      console: { provider: undefined, signInUrl: undefined },
      allowQueryToken: true,
      allowedOrigins: new Set(),
      linkSeconds: 900,
      fileRetentionDays: 30,
      logRetentionDays: undefined,
      logQuota: { logs: 20_000, bytes: 67_108_864 },
      rateLimits: true,
    })
  })

  it('are read once for an environment', () => {
    const env = { JWT_SECRET: SECRET }
    expect(readSettings(env)).toBe(readSettings(env))
  })

  it('are refused with everything that is wrong, and no secret in the message', () => {
    const wrong = {
      JWT_SECRET: 'a short one',
      JWT_SECRET_PREVIOUS: 'another',
      JWKS_URL: 'http://login.example/keys',
      OIDC_ISSUER: 'login.example',
      OIDC_CLIENT_ID: 'console',
      CONSOLE_SIGN_IN_URL: 'javascript:alert(1)',
      ALLOW_QUERY_TOKEN: 'no',
      ALLOWED_ORIGINS: 'https://a.example/, https://b.example, null',
      LINK_TTL_SECONDS: '15m',
      FILE_RETENTION_DAYS: 0,
      LOG_RETENTION_DAYS: -1,
      LOG_QUOTA: 1.5,
      LOG_QUOTA_BYTES: '64 MiB',
    }
    const message = messageOf(wrong)
    for (const told of [
      'JWT_SECRET is shorter than 32 bytes',
      'JWT_SECRET_PREVIOUS is shorter than 32 bytes',
      'JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE',
      'JWKS_URL must be an https: URL',
      'OIDC_ISSUER must be an https: URL',
      'CONSOLE_SIGN_IN_URL must be an https: URL',
      'ALLOW_QUERY_TOKEN must be true or false',
      "ALLOWED_ORIGINS: 'https://a.example/' is not an origin",
      "ALLOWED_ORIGINS: 'null' is not an origin",
      'LINK_TTL_SECONDS must be a whole number from 1 to 999999999',
      'FILE_RETENTION_DAYS must be',
      'LOG_RETENTION_DAYS must be',
      'LOG_QUOTA must be',
      'LOG_QUOTA_BYTES must be a whole number from 1 to 1000000000000',
    ]) {
      expect(message).toContain(told)
    }
    expect(message).not.toMatch(/a short one|another|b\.example/)
  })
})

function messageOf(settings: object): string {
  try {
    read(settings)
  } catch (error) {
    return String(error)
  }
  return ''
}

describe('a secret', () => {
  it.each([
    [`  ${SECRET}\n`, [SECRET]],
    [`\t${SECRET}\r\n`, [SECRET]],
    ['ä'.repeat(16), ['ä'.repeat(16)]],
  ])('%j is used without the blanks around it', (JWT_SECRET, secrets) => {
    expect(read({ JWT_SECRET }).secrets).toEqual(secrets)
  })

  it.each([
    ['x'.repeat(31), 'is shorter than 32 bytes'],
    [`${'x'.repeat(31)}\n`, 'is shorter than 32 bytes'],
    ['', 'is not set'],
    [' \n ', 'is not set'],
    [undefined, 'is not set'],
  ])('%j is refused', (JWT_SECRET, told) => {
    expect(messageOf({ JWT_SECRET })).toContain(`JWT_SECRET ${told}`)
  })

  it('of before follows the current one, and may be missing', () => {
    const previous = 'y'.repeat(32)
    expect(read({ JWT_SECRET_PREVIOUS: ` ${previous} ` }).secrets).toEqual([SECRET, previous])
    for (const JWT_SECRET_PREVIOUS of ['', ' ', undefined]) {
      expect(read({ JWT_SECRET_PREVIOUS }).secrets).toEqual([SECRET])
    }
  })
})

describe('a setting that is a whole number', () => {
  it.each([
    [1, 1],
    ['1', 1],
    [30, 30],
    ['999999999', 999_999_999],
    [undefined, 900],
  ])('%j is %j', (LINK_TTL_SECONDS, number) => {
    expect(read({ LINK_TTL_SECONDS }).linkSeconds).toBe(number)
  })

  it.each([
    '',
    ' ',
    '0',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    ' 1',
    '01',
    'ten',
    '1000000000',
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    1e21,
    true,
  ])('cannot be %j', (LINK_TTL_SECONDS) => {
    expect(messageOf({ LINK_TTL_SECONDS })).toContain('LINK_TTL_SECONDS must be')
  })
})

describe('an allowed origin', () => {
  it.each([
    '*',
    'https://app.example',
    'http://localhost:3000',
    'http://[::1]:8080',
    'capacitor://localhost',
  ])('can be %s', (ALLOWED_ORIGINS) => {
    expect([...read({ ALLOWED_ORIGINS }).allowedOrigins]).toEqual([ALLOWED_ORIGINS])
  })

  it.each([
    'https://app.example/',
    'https://app.example/path',
    'https://app.example:443',
    'https://App.example',
    'https://user@app.example',
    'https://*.app.example',
    'app.example',
    'capacitor://localhost/',
    'null',
  ])('cannot be %s', (ALLOWED_ORIGINS) => {
    expect(messageOf({ ALLOWED_ORIGINS })).toContain(`ALLOWED_ORIGINS: '${ALLOWED_ORIGINS}'`)
  })

  it('is one of several, with blanks and empty items between them', () => {
    const { allowedOrigins } = read({ ALLOWED_ORIGINS: ' https://a.example,, https://b.example ,' })
    expect([...allowedOrigins]).toEqual(['https://a.example', 'https://b.example'])
  })
})
