import { importJWK } from 'jose'
import * as z from 'zod'
import { logError } from '../log.ts'

/** What a key server has for the whole of its answer. */
export const KEY_SET_MILLISECONDS = 3_000
const BODY_BYTES = 256 * 1024
/** RFC 7518, 3.3. */
const RSA_BITS = 2048

/** What an identity provider may sign with. */
const algorithms = ['RS256', 'ES256', 'EdDSA', 'Ed25519'] as const

/** A public key under which the identity provider signs tokens. */
export type TokenKey = {
  readonly id: string | undefined
  readonly algorithm: TokenAlgorithm
  readonly key: CryptoKey
}

type TokenAlgorithm = (typeof algorithms)[number]

export const isTokenAlgorithm = (algorithm: unknown): algorithm is TokenAlgorithm =>
  algorithms.some((one) => one === algorithm)

/** Whether two names mean the same algorithm: `EdDSA` with the curve Ed25519 is `Ed25519` (RFC 9864, 2.2). */
export const isSameAlgorithm = (one: TokenAlgorithm, other: TokenAlgorithm): boolean =>
  currentName(one) === currentName(other)

const currentName = (algorithm: TokenAlgorithm): TokenAlgorithm =>
  algorithm === 'EdDSA' ? 'Ed25519' : algorithm

/**
 * The keys at a URL (RFC 7517, 5): public ones for signatures by an algorithm that is allowed. Others are left out.
 *
 * @throws Error when there is no JWK set, in time and of a size that can be
 */
export async function fetchKeySet(url: string): Promise<readonly TokenKey[]> {
  const response = await fetch(url, {
    headers: { Accept: 'application/jwk-set+json, application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(KEY_SET_MILLISECONDS),
  })
  const text = await limitedText(response)
  if (response.status !== 200)
    throw new Error(`JWKS_URL must answer with status 200, not ${response.status}.`)
  const { data } = keySet.safeParse(parsed(text))
  if (!data) throw new Error('JWKS_URL must give a JWK set: a JSON object with "keys".')
  const keys = (await Promise.all(data.keys.map(usableKey))).flat()
  if (keys.length === 0) {
    logError('token_keys_empty', new Error('JWKS_URL gives no key for RS256, ES256 or Ed25519.'))
  }
  return keys
}

async function limitedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_BYTES) throw new Error(`JWKS_URL gives more than ${BODY_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return new Blob(chunks).text()
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const keySet = z.object({ keys: z.array(z.unknown()) })

const anyKey = {
  kid: z.string().exactOptional(),
  use: z.literal('sig').exactOptional(),
  key_ops: z
    .array(z.string())
    .refine((operations) => operations.includes('verify'))
    .exactOptional(),
  /** A private key that was published is anybody's. */
  d: z.never().exactOptional(),
}

/** A public key (RFC 7518, 6; RFC 8037) for one of the algorithms that are allowed. */
const publicKey = z.union([
  z.object({
    ...anyKey,
    kty: z.literal('RSA'),
    alg: z.literal('RS256').default('RS256'),
    n: z.string(),
    e: z.string(),
  }),
  z.object({
    ...anyKey,
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    alg: z.literal('ES256').default('ES256'),
    x: z.string(),
    y: z.string(),
  }),
  z.object({
    ...anyKey,
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    alg: z.enum(['EdDSA', 'Ed25519']).default('Ed25519'),
    x: z.string(),
  }),
])

/** A key of a set, if it can check a token's signature. */
async function usableKey(jwk: unknown): Promise<readonly TokenKey[]> {
  const { data } = publicKey.safeParse(jwk)
  if (!data) return []
  try {
    const key = await importJWK(data)
    if (!(key instanceof CryptoKey) || !isStrong(key)) return []
    return [{ id: data.kid, algorithm: data.alg, key }]
  } catch {
    return []
  }
}

const isStrong = ({ algorithm }: CryptoKey): boolean =>
  !('modulusLength' in algorithm) || algorithm.modulusLength >= RSA_BITS
