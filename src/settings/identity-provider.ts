import * as z from 'zod'
import { isSafeUrl } from './safe-url.ts'

/** Another issuer of tokens: where its public keys are, and which claims its tokens must have. */
export type IdentityProvider = {
  readonly keysUrl: URL
  readonly issuer: string
  readonly audience: string
}

const text = (name: string) =>
  z
    .string({ error: `${name} must be a text.` })
    .trim()
    .default('')

/** The schema of the settings of an identity provider. Without `JWKS_URL` there is none. */
export const identityProvider = z
  .object({
    JWKS_URL: text('JWKS_URL'),
    JWT_ISSUER: text('JWT_ISSUER'),
    JWT_AUDIENCE: text('JWT_AUDIENCE'),
  })
  .transform(({ JWKS_URL, JWT_ISSUER, JWT_AUDIENCE }, context): IdentityProvider | undefined => {
    if (JWKS_URL === '') return undefined
    const refuse = (message: string) =>
      context.issues.push({ code: 'custom', message, input: undefined })
    if (JWT_ISSUER === '' || JWT_AUDIENCE === '') {
      refuse('JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE.')
    }
    const keysUrl = URL.parse(JWKS_URL)
    // Without TLS, the keys could be replaced on the network.
    if (keysUrl && isSafeUrl(keysUrl))
      return { keysUrl, issuer: JWT_ISSUER, audience: JWT_AUDIENCE }
    refuse('JWKS_URL must be an https: URL, or an http: URL of this machine.')
    return z.NEVER
  })
