import { grantFor, type Attempt, type Grant } from './provider.ts'
import { signInSettings } from './settings.ts'
import { tabAttempt, tabResponse } from './tab-storage.ts'
import { textOf } from '../text-of.ts'

/**
 * Goes on where the identity provider has sent the user back.
 *
 * @returns `undefined` where it has not
 * @throws when the response does not fit what was asked, or the provider refuses
 */
export async function finishSignIn(): Promise<Grant | undefined> {
  const query = tabResponse.read()
  const attempt = attemptIn(tabAttempt.read() ?? '')
  tabResponse.remove()
  tabAttempt.remove()
  if (query === null || !attempt) return undefined
  if (attempt.hash !== '') history.replaceState(null, '', attempt.hash)
  const { provider } = await signInSettings()
  return provider && grantFor(provider, query, attempt)
}

function attemptIn(json: string): Attempt | undefined {
  try {
    const { verifier, state, nonce, hash }: Record<string, unknown> = Object(JSON.parse(json))
    return typeof verifier === 'string' && typeof state === 'string' && typeof nonce === 'string'
      ? { verifier, state, nonce, hash: textOf(hash) }
      : undefined
  } catch {
    return undefined
  }
}
