import type { Env } from '../env.ts'
import { signingSecrets } from './signing-secrets.ts'

/** Who else signs tokens: where its public keys are, and what its tokens must say. */
export type IdentityProvider = {
  readonly keysUrl: URL
  readonly issuer: string
  readonly audience: string
}

export type TokenSettings = {
  /** For HS256, the current one first. */
  readonly secrets: readonly [string, ...string[]]
  readonly provider: IdentityProvider | undefined
  /** Whether `?access_token=` counts. */
  readonly inQuery: boolean
}

/**
 * How tokens are checked.
 *
 * @throws Error when a setting cannot be meant as it is: nobody is let in on a guess
 */
export const readTokenSettings = (env: Env): TokenSettings => ({
  secrets: signingSecrets(env),
  provider: providerOf(env),
  inQuery: inQueryOf(env.ALLOW_QUERY_TOKEN),
})

function providerOf({ JWKS_URL, JWT_ISSUER, JWT_AUDIENCE }: Env): IdentityProvider | undefined {
  if (!JWKS_URL) return undefined
  if (!JWT_ISSUER || !JWT_AUDIENCE)
    throw misconfigured('JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE')
  const keysUrl = URL.parse(JWKS_URL)
  if (!keysUrl || !isSafe(keysUrl))
    throw misconfigured('JWKS_URL must be an https: URL, or an http: one of this machine')
  return { keysUrl, issuer: JWT_ISSUER, audience: JWT_AUDIENCE }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Keys that anybody on the way can change are no keys. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))

/** In `wrangler.toml` a boolean is as good as its word. */
function inQueryOf(setting: string | boolean = true): boolean {
  const word = String(setting)
  if (word === 'true' || word === 'false') return word === 'true'
  throw misconfigured('ALLOW_QUERY_TOKEN must be true or false')
}

const misconfigured = (fault: string) =>
  new Error(`${fault}: nobody can be let in. See the README, "Settings".`)
