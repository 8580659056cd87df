/**
 * Takes a token that a link has handed over in the fragment, `#token=…`, which browsers send to
 * nobody. It is removed from the address at once, so that it is in no history and no bookmark. What
 * else the fragment holds stays.
 *
 * @returns the token as it was in the address, `undefined` where there was none
 */
export function takeTokenFromAddress(): string | undefined {
  const parameters = new URLSearchParams(location.hash.slice(1))
  const token = parameters.get('token')
  if (token === null) return undefined
  parameters.delete('token')
  const rest = parameters.toString()
  history.replaceState(null, '', rest === '' ? location.pathname : `#${rest}`)
  return token
}
