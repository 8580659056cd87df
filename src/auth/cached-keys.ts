/**
 * Makes keys of secrets, each once in an isolate: to make one takes longer than to use it. Requests
 * do not wait for each other's promises, so that two may make the same one.
 */
export function cachedKeys(
  make: (secret: string) => Promise<CryptoKey>,
): (secret: string) => Promise<CryptoKey> {
  const keys = new Map<string, CryptoKey>()
  return async (secret) => {
    const key = keys.get(secret) ?? (await make(secret))
    keys.set(secret, key)
    return key
  }
}
