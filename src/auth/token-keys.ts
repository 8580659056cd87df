import { logError } from '../log.ts'
import { serviceUnavailable } from '../http/errors.ts'
import { fetchKeySet, KEY_SET_MILLISECONDS, type TokenKey } from './key-set.ts'

/** After so long the keys are asked for again, so that one withdrawn goes. */
const FRESH_MILLISECONDS = 600_000
/** After so long without an answer of the key server its last keys are no longer used: they may have been withdrawn. */
const EXPIRED_MILLISECONDS = 86_400_000
/** Known keys are asked for again no sooner than this, whatever key ids the tokens name. */
const REFRESH_MILLISECONDS = 60_000
/** Where no key is known yet, another try comes sooner. */
const RETRY_MILLISECONDS = 10_000
/** How often a request looks whether the keys have come that another one asked for. */
const LOOK_MILLISECONDS = 20

/** What this isolate knows of a key server. */
type KeyServer = {
  readonly url: string
  /** The last keys that it gave. */
  keys: readonly TokenKey[] | undefined
  keysAt: number
  /** It is not asked before this. */
  restsUntil: number
  /** While a request asks: the moment at which that must have ended. */
  askedUntil: number
}

let server: KeyServer | undefined

/**
 * The identity provider's keys that fit a token. They are held in memory and asked for anew when ten minutes old, or when
 * none fits, at most once a minute; when the key server fails, those known go on working for a day.
 *
 * @param waitUntil keeps a question alive whose client goes away, for others may be waiting for its answer
 * @throws HttpError 503 while there are no keys, or only expired ones: whether the token is good, nobody can tell
 */
export async function tokenKeys(
  url: URL,
  fits: (key: TokenKey) => boolean,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<readonly TokenKey[]> {
  const known = serverAt(url)
  const isOld = Date.now() >= known.keysAt + FRESH_MILLISECONDS
  const asked = isOld && (await ask(known, waitUntil))
  if (!known.keys) await otherQuestion(known)
  if (!asked && known.keys?.some(fits) === false) {
    if (!(await ask(known, waitUntil))) await otherQuestion(known)
  }
  if (known.keys) return known.keys.filter(fits)
  throw serviceUnavailable(
    'The keys of the identity provider cannot be had at the moment; try again later.',
    RETRY_MILLISECONDS / 1000,
  )
}

function serverAt({ href }: URL): KeyServer {
  if (server?.url !== href || (server.keys && Date.now() > server.keysAt + EXPIRED_MILLISECONDS)) {
    server = { url: href, keys: undefined, keysAt: -Infinity, restsUntil: 0, askedUntil: 0 }
  }
  return server
}

/** Asks for the keys, if that may be done now. @returns whether it did */
async function ask(
  known: KeyServer,
  waitUntil: (promise: Promise<unknown>) => void,
): Promise<boolean> {
  if (Date.now() < Math.max(known.restsUntil, known.askedUntil)) return false
  const question = replaceKeys(known)
  waitUntil(question)
  await question
  return true
}

/** Puts new keys in the place of the old ones, if they can be had. */
async function replaceKeys(known: KeyServer): Promise<void> {
  const now = Date.now()
  const isFirst = known.keys === undefined
  known.askedUntil = now + KEY_SET_MILLISECONDS
  known.restsUntil = now + (isFirst ? RETRY_MILLISECONDS : REFRESH_MILLISECONDS)
  try {
    known.keys = await fetchKeySet(known.url)
    known.keysAt = now
    if (isFirst) known.restsUntil = 0
  } catch (error) {
    logError('token_keys_failed', error)
  } finally {
    known.askedUntil = 0
  }
}

/**
 * Waits until no other request is asking. It looks by its own timer: in workerd a request must not wait for the I/O of
 * another one, which may end before it.
 */
async function otherQuestion(known: KeyServer): Promise<void> {
  while (Date.now() < known.askedUntil) await scheduler.wait(LOOK_MILLISECONDS)
}
