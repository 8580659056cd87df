import type { Env } from '../env.ts'
import { signingSecrets } from './signing-secrets.ts'

export type TokenSettings = {
  /** For HS256, the current one first. */
  readonly secrets: readonly [string, ...string[]]
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
  inQuery: inQueryOf(env.ALLOW_QUERY_TOKEN),
})

/** In `wrangler.toml` a boolean is as good as its word. */
function inQueryOf(setting: string | boolean = true): boolean {
  const word = String(setting)
  if (word === 'true' || word === 'false') return word === 'true'
  throw misconfigured('ALLOW_QUERY_TOKEN must be true or false')
}

const misconfigured = (fault: string) =>
  new Error(`${fault}: nobody can be let in. See the README, "Settings".`)
