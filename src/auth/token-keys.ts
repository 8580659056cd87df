import { errors, type JWTHeaderParameters, type LocalJWKSet } from 'jose'
import { serviceUnavailable } from '../http/errors.ts'
import { logError } from '../log.ts'
import { fetchKeySet, KEY_SET_MILLISECONDS } from './fetch-key-set.ts'

/** Older keys are fetched again, so that a withdrawn key stops working. */
const FRESH_MILLISECONDS = 600_000
/** Keys that could not be refreshed for so long are no longer used: they may be withdrawn. */
const EXPIRED_MILLISECONDS = 86_400_000
/** The least time between two fetches, whatever key ids the tokens name. */
const REFRESH_MILLISECONDS = 60_000
/** The same while no key is known. */
const RETRY_MILLISECONDS = 10_000
/** How often a request checks whether another request has fetched the keys. */
const POLL_MILLISECONDS = 20
/** RFC 7518, 3.3. */
const RSA_BITS = 2048

/** What this isolate knows of a key server. */
type KeyServer = {
  readonly url: string
  /** The last key set that it returned. */
  keySet: LocalJWKSet | undefined
  fetchedAt: number
  nextFetchAt: number
  /** While a request fetches: the time by which it is done. */
  fetchingUntil: number
}

let server: KeyServer | undefined

/**
 * The identity provider's keys for a token. They are cached in memory and fetched again after ten
 * minutes, or when none matches the token, at most once a minute. While the key server fails, the
 * cached keys work for a day.
 *
 * @param waitUntil keeps a fetch alive when its client disconnects, because others wait for it
 * @throws HttpError 503 while there are no keys, because the token cannot be verified
 */
export async function tokenKeys(
  url: URL,
  header: JWTHeaderParameters,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<readonly CryptoKey[]> {
  const known = serverAt(url)
  const isStale = Date.now() >= known.fetchedAt + FRESH_MILLISECONDS
  const hasFetched = isStale && (await fetchKeys(known, waitUntil))
  if (!known.keySet) await otherFetch(known)
  const keys = await matchingKeys(known, header)
  if (hasFetched || keys.length > 0) return keys
  if (!(await fetchKeys(known, waitUntil))) await otherFetch(known)
  return matchingKeys(known, header)
}

function serverAt({ href }: URL): KeyServer {
  const isExpired = server?.keySet && Date.now() > server.fetchedAt + EXPIRED_MILLISECONDS
  if (server?.url !== href || isExpired) {
    const fetchedAt = -Infinity
    server = { url: href, keySet: undefined, fetchedAt, nextFetchAt: 0, fetchingUntil: 0 }
  }
  return server
}

/** Keys that match a token's algorithm and key id. One that cannot be imported matches nothing. */
async function matchingKeys(
  { keySet }: KeyServer,
  header: JWTHeaderParameters,
): Promise<readonly CryptoKey[]> {
  if (!keySet) {
    throw serviceUnavailable(
      'The keys of the identity provider are not available. Try again later.',
      RETRY_MILLISECONDS / 1000,
    )
  }
  try {
    return [await keySet(header)].filter(isStrong)
  } catch (error) {
    const keys: CryptoKey[] = []
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      for await (const key of error) keys.push(key)
    }
    return keys.filter(isStrong)
  }
}

const isStrong = ({ algorithm }: CryptoKey): boolean =>
  !('modulusLength' in algorithm) || algorithm.modulusLength >= RSA_BITS

/** Fetches the keys, unless it is too early. @returns whether it did */
async function fetchKeys(
  known: KeyServer,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<boolean> {
  if (Date.now() < Math.max(known.nextFetchAt, known.fetchingUntil)) return false
  const fetching = replaceKeys(known)
  waitUntil(fetching)
  await fetching
  return true
}

async function replaceKeys(known: KeyServer): Promise<void> {
  const now = Date.now()
  const isFirst = known.keySet === undefined
  known.fetchingUntil = now + KEY_SET_MILLISECONDS
  known.nextFetchAt = now + (isFirst ? RETRY_MILLISECONDS : REFRESH_MILLISECONDS)
  try {
    known.keySet = await fetchKeySet(known.url)
    known.fetchedAt = now
    if (isFirst) known.nextFetchAt = 0
  } catch (error) {
    logError('token_keys_failed', error)
  } finally {
    known.fetchingUntil = 0
  }
}

/**
 * Waits until no other request fetches. It polls: in workerd a request must not wait for the I/O of
 * another one, which may end first.
 */
async function otherFetch(known: KeyServer): Promise<void> {
  while (Date.now() < known.fetchingUntil) await scheduler.wait(POLL_MILLISECONDS)
}
