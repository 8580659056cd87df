const KEY = 'token'

/**
 * The token of this tab. It is kept for the tab alone: other storage would outlive the person at
 * the machine.
 */
export const tabToken = {
  read: (): string | null => sessionStorage.getItem(KEY),
  write: (token: string): void => sessionStorage.setItem(KEY, token),
  remove: (): void => sessionStorage.removeItem(KEY),
}

/**
 * Takes a token that a link has handed over in the fragment, `#token=…`, which browsers send to
 * nobody. It is removed from the address at once, so that it is in no history and no bookmark.
 *
 * @returns the token as it was in the address, `undefined` where there was none
 */
export function takeTokenFromAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token === null) return undefined
  history.replaceState(null, '', location.pathname)
  return token
}
