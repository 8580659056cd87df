import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { inject, vi } from 'vitest'
import type { Answer } from '../key-server.ts'
import { USER } from './api.ts'

export const ISSUER = 'https://login.example/'
export const AUDIENCE = 'contact-exports'

export type Signer = { readonly jwk: JWK; readonly privateJwk: JWK; readonly privateKey: CryptoKey }

/** A new pair of keys, the public one as a key set shows it. */
export async function signer(algorithm: string, members: JWK = {}): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), alg: algorithm, ...members }
  return { jwk, privateJwk: { ...(await exportJWK(privateKey)), ...members }, privateKey }
}

type Claims = Readonly<Record<string, unknown>>

/** A token as the identity provider signs it, but for these claims and members of its header. */
export const providerToken = (
  { jwk, privateKey }: Signer,
  claims: Claims = {},
  header: Claims = {},
): Promise<string> =>
  new SignJWT({ sub: USER, iss: ISSUER, aud: AUDIENCE, exp: Date.now() / 1000 + 3600, ...claims })
    .setProtectedHeader({ alg: jwk.alg ?? 'RS256', ...(jwk.kid && { kid: jwk.kid }), ...header })
    .sign(privateKey)

/** A key server of its own at a path of its own, and the settings that name it. */
export function keyServer() {
  const url = `${inject('keyServer')}/${crypto.randomUUID()}`
  const answers = (answer: Partial<Answer>) =>
    fetch(url, {
      method: 'PUT',
      body: JSON.stringify({ mood: 'well', status: 200, headers: {}, body: '', ...answer }),
    })
  return {
    bindings: { JWKS_URL: url, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE },
    answers,
    gives: (...keys: readonly unknown[]) => answers({ body: JSON.stringify({ keys }) }),
    timesAsked: async () => Number(await (await fetch(url, { method: 'DELETE' })).text()),
  }
}

/** Lets time pass for whoever looks at the clock. */
export function pass(seconds: number) {
  const now = Date.now() + seconds * 1000
  vi.useFakeTimers({ toFake: ['Date'], now })
}
