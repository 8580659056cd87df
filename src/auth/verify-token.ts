import {
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose'
import type { Settings } from '../settings/read-settings.ts'
import { unauthorized } from '../http/errors.ts'
import { cachedKeys } from './cached-keys.ts'
import { tokenKeys } from './token-keys.ts'

/** The accepted difference between our clock and that of a token's issuer. */
const LEEWAY_SECONDS = 60

/** The algorithms that an identity provider may sign with. */
const PROVIDER_ALGORITHMS = new Set(['RS256', 'ES256', 'EdDSA', 'Ed25519'])

/**
 * The claims of a valid token (RFC 7519, 7.2), signed with one of our secrets or with a key of the
 * identity provider. The algorithm decides which of the two, so that no key is ever used for
 * another algorithm than its own (RFC 8725, 3.1).
 *
 * @throws HttpError 401 for an invalid token, 503 when the provider's keys are not available
 */
export async function verifyToken(
  token: string,
  { secrets, provider }: Pick<Settings, 'secrets' | 'provider'>,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<JWTPayload> {
  const header = readHeader(token)
  if (header.alg === 'HS256') {
    return verifyWithKeys(token, header.alg, await Promise.all(secrets.map(secretKey)), {})
  }
  if (!provider || !PROVIDER_ALGORITHMS.has(header.alg)) throw invalidToken()
  const { keysUrl, issuer, audience } = provider
  const keys = await tokenKeys(keysUrl, header, waitUntil)
  return verifyWithKeys(token, header.alg, keys, { issuer, audience })
}

const secretKey = cachedKeys((secret) =>
  crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  ),
)

function readHeader(token: string): JWTHeaderParameters {
  try {
    const { alg, ...header } = decodeProtectedHeader(token)
    if (alg !== undefined) return { ...header, alg }
  } catch {
    // What is not a JWT has no header.
  }
  throw invalidToken()
}

/** Tries each key: several match during a rotation, or when the token names none. */
async function verifyWithKeys(
  token: string,
  algorithm: string,
  keys: readonly CryptoKey[],
  claims: { readonly issuer?: string; readonly audience?: string },
): Promise<JWTPayload> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        requiredClaims: ['exp'],
        clockTolerance: LEEWAY_SECONDS,
        ...claims,
      })
      // jose compares `iat` with the clock only where a maximum age is set.
      if (payload.iat === undefined || payload.iat <= Date.now() / 1000 + LEEWAY_SECONDS)
        return payload
      throw unauthorized('The token is invalid: its "iat" lies in the future.')
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      if (error instanceof errors.JWTExpired)
        throw unauthorized('The token has expired. Get a new one.')
      throw error instanceof errors.JOSEError ? invalidToken() : error
    }
  }
  throw invalidToken()
}

const invalidToken = () =>
  unauthorized(
    'The token is invalid: it must be a JWT for this service, with "exp", signed with HS256 ' +
      'or by the identity provider.',
  )
