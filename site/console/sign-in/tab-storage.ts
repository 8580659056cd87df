const TOKEN = 'token'
const SESSION = 'session'
const RENEWAL = 'renewal'
const ATTEMPT = 'sign-in'
const RESPONSE = 'sign-in-response'

/**
 * What is kept for this tab alone: other storage would outlive the person at the machine. The page
 * of the reference reads the token, too.
 */
const kept = (key: string) => ({
  read: (): string | null => sessionStorage.getItem(key),
  write: (value: string): void => sessionStorage.setItem(key, value),
  remove: (): void => sessionStorage.removeItem(key),
})

/** The token of this tab. */
export const tabToken = kept(TOKEN)

/** The name of the session of this tab: entries of the history belong to one. */
export const tabSession = kept(SESSION)

/** How the token is renewed, where it is from the identity provider. */
export const tabRenewal = kept(RENEWAL)

/** What has to fit the response of the identity provider, while somebody signs in. */
export const tabAttempt = kept(ATTEMPT)

/** The query string with which the identity provider has sent the user back. */
export const tabResponse = kept(RESPONSE)

/** Removes all that is kept for the tab. */
export function clearTab(): void {
  for (const one of [tabToken, tabSession, tabRenewal, tabAttempt, tabResponse]) one.remove()
}
