import type { Session } from '../session.ts'
import { made } from '../page/dom.ts'
import { authorizationRequest, grantFor, refreshedGrant, type Grant } from './provider.ts'
import type { ProviderSettings } from './settings.ts'
import { tabRenewal, tabToken } from './tab-storage.ts'
import { expiryOf } from './token-text.ts'

/** A token is renewed so long before it expires, or at half of its time where that is later. */
const BEFORE_SECONDS = 120

/** How long the provider may take to respond without a question. */
const SILENT_MILLISECONDS = 15_000

/** Timers take no more. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1

/** Renews the token of a session before it expires, for as long as the provider does so. */
export function keepRenewed(session: Session, settings: ProviderSettings): void {
  let timer: number | undefined

  function plan(): void {
    const expiry = expiryOf(session.token())
    if (expiry === undefined) return
    const left = expiry - Date.now() / 1000
    const wait = Math.max(left - BEFORE_SECONDS, left / 2, 1)
    timer = setTimeout(() => void renew(), Math.min(wait * 1000, LONGEST_MILLISECONDS))
  }

  /** What fails is tried again until the token has expired: then the service says so. */
  async function renew(): Promise<void> {
    try {
      const grant = await newGrant(settings, session.signal)
      if (session.signal.aborted) return
      keepGrant(grant)
      session.renew(grant.token)
    } catch {
      const isOver = (expiryOf(session.token()) ?? 0) * 1000 < Date.now()
      if (session.signal.aborted || isOver) return
    }
    plan()
  }

  session.signal.addEventListener('abort', () => clearTimeout(timer))
  plan()
}

/** Keeps what the tab goes on with. */
export function keepGrant({ token, refreshToken }: Grant): void {
  tabToken.write(token)
  tabRenewal.write(refreshToken ?? '')
}

async function newGrant(settings: ProviderSettings, signal: AbortSignal): Promise<Grant> {
  const refreshToken = tabRenewal.read() ?? ''
  if (refreshToken === '') return silentGrant(settings, signal)
  return refreshedGrant(settings, refreshToken, signal).catch(() => silentGrant(settings, signal))
}

/** The provider responds in a hidden frame while its own session lasts (OpenID Connect, 3.1.2.1). */
async function silentGrant(settings: ProviderSettings, signal: AbortSignal): Promise<Grant> {
  const { url, attempt } = await authorizationRequest(settings, 'none')
  const frame = made('iframe', { src: url, hidden: true, title: 'Sign-in' })
  const limit = AbortSignal.any([signal, AbortSignal.timeout(SILENT_MILLISECONDS)])
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const receive = ({ origin, source, data }: MessageEvent<unknown>) => {
    const query: unknown = Object(data).signedIn
    if (origin !== location.origin || source !== frame.contentWindow) return
    if (typeof query === 'string') resolve(query)
  }
  addEventListener('message', receive)
  limit.addEventListener('abort', () => reject(new Error('The provider did not respond.')))
  document.body.append(frame)
  try {
    return await grantFor(settings, await promise, attempt)
  } finally {
    removeEventListener('message', receive)
    frame.remove()
  }
}
