const KEY = 'token'

/**
 * The token of this tab. Who links here can hand one over in the fragment, `#token=…`, which browsers send to nobody; it is
 * taken out of the address at once, so that it stands in no history and no bookmark. It is kept for the tab alone: other
 * storage would outlive the person at the machine.
 */
export function currentToken(): string | null {
  const handedOver = new URLSearchParams(location.hash.slice(1)).get('token')
  if (handedOver === null) return sessionStorage.getItem(KEY)
  history.replaceState(null, '', location.pathname)
  keepToken(handedOver)
  return handedOver
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token)
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY)
}
