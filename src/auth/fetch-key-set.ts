import { createLocalJWKSet, type LocalJWKSet } from 'jose'
import * as z from 'zod'
import { logError } from '../log.ts'

/** How long the key server may take for its whole response. */
export const KEY_SET_MILLISECONDS = 3_000
const BODY_BYTES = 256 * 1024

/**
 * Fetches the JWK set at a URL (RFC 7517, 5).
 *
 * @throws Error when the response is late, too large, redirected, or not a JWK set
 */
export async function fetchKeySet(url: string): Promise<LocalJWKSet> {
  const response = await fetch(url, {
    headers: { Accept: 'application/jwk-set+json, application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(KEY_SET_MILLISECONDS),
  })
  const text = await limitedText(response)
  if (response.status !== 200)
    throw new Error(`JWKS_URL must respond with status 200, not ${response.status}.`)
  const { data } = keySet.safeParse(parseJson(text))
  if (!data) throw new Error('JWKS_URL must return a JWK set: a JSON object with "keys".')
  const keys = data.keys.flatMap((key) => publicKey.safeParse(key).data ?? [])
  if (keys.length === 0) {
    const message = 'JWKS_URL returns no public key for RS256, ES256 or Ed25519.'
    logError('token_keys_empty', new Error(message))
  }
  return createLocalJWKSet({ keys: keys.map(withoutOldName) })
}

async function limitedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_BYTES) throw new Error(`JWKS_URL returns more than ${BODY_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return new Blob(chunks).text()
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const keySet = z.object({ keys: z.array(z.unknown()) })

/** A published private key is known to everybody. jose checks all other members. */
const publicKey = z.looseObject({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  alg: z.string().exactOptional(),
  d: z.never().exactOptional(),
})

type PublicKey = z.output<typeof publicKey>

/** `EdDSA` is the older name of `Ed25519` (RFC 9864, 2.2): a key for one is a key for both. */
function withoutOldName({ alg, ...key }: PublicKey): Omit<PublicKey, 'alg'> & { alg?: string } {
  return alg === undefined || alg === 'EdDSA' || alg === 'Ed25519' ? key : { ...key, alg }
}
