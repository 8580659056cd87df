import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import type { Settings } from '../settings/read-settings.ts'
import { unauthorized } from '../http/errors.ts'
import { isSameAlgorithm, isTokenAlgorithm } from './key-set.ts'
import { tokenKeys } from './token-keys.ts'

/** How far the clocks of a token's issuer and ours may be apart. */
const LEEWAY_SECONDS = 60

/**
 * The claims of a token that holds (RFC 7519, 7.2): signed under a secret of ours, or under a key of the identity provider.
 * Its algorithm says which of the two, so that no key is ever used for another algorithm than its own (RFC 8725, 3.1).
 *
 * @throws HttpError 401 for anything that is wrong with the token, 503 when the provider's keys cannot be had
 */
export async function verifiedToken(
  token: string,
  { secrets, provider }: Pick<Settings, 'secrets' | 'provider'>,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<JWTPayload> {
  const { alg, kid } = headerOf(token)
  if (alg === 'HS256') {
    const keys = secrets.map((secret) => new TextEncoder().encode(secret))
    return verified(token, alg, keys, {})
  }
  if (!provider || !isTokenAlgorithm(alg)) throw broken()
  const { keysUrl, issuer, audience } = provider
  const fitting = await tokenKeys(
    keysUrl,
    ({ id, algorithm }) => isSameAlgorithm(algorithm, alg) && (kid === undefined || id === kid),
    waitUntil,
  )
  const keys = fitting.map(({ key }) => key)
  return verified(token, alg, keys, { issuer, audience })
}

function headerOf(token: string) {
  try {
    return decodeProtectedHeader(token)
  } catch {
    throw broken()
  }
}

/** Tries one key after the other: while keys change, and where a token names none, several may be right. */
async function verified(
  token: string,
  algorithm: string,
  keys: readonly (CryptoKey | Uint8Array)[],
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
      // jose compares `iat` with the clock only where a maximum age is asked for.
      if (payload.iat === undefined || payload.iat <= Date.now() / 1000 + LEEWAY_SECONDS)
        return payload
      throw unauthorized('The token is from the future: its "iat" lies ahead.')
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      if (error instanceof errors.JWTExpired)
        throw unauthorized('The token has expired; get a new one.')
      throw error instanceof errors.JOSEError ? broken() : error
    }
  }
  throw broken()
}

const broken = () =>
  unauthorized(
    'The token does not hold: it must be a JWT for this service, with "exp", signed with HS256 or by its identity provider.',
  )
