import { clearAddress, claimEntry, isOfAnotherSession, readAddress, writeRuns } from './address.ts'
import { apiFor } from './api.ts'
import { pageFrame } from './page/page-frame.ts'
import { runsPage } from './runs/runs-page.ts'
import { startSession, type Session } from './session.ts'
import { authorizationRequest, providerMessage } from './sign-in/provider.ts'
import { finishSignIn } from './sign-in/finish-sign-in.ts'
import { keepGrant, keepRenewed } from './sign-in/renewal.ts'
import { replaceQuestion } from './sign-in/replace-question.ts'
import { signInSettings, type SignInSettings } from './sign-in/settings.ts'
import { signInPage, tokenFaultText } from './sign-in/sign-in-page.ts'
import { clearTab, tabAttempt, tabRenewal, tabSession, tabToken } from './sign-in/tab-storage.ts'
import { takeTokenFromAddress } from './sign-in/token-from-address.ts'
import { readToken, scopesOf, userOf } from './sign-in/token-text.ts'
import { text } from './texts/texts.ts'
import { workspace } from './workspace.ts'

/** How long a token from a link may take to be checked. Afterwards the user is asked. */
const CHECK_MILLISECONDS = 10_000

/** What is shown of a session. */
type Shown = {
  readonly session: Session
  /** Is missing where the token does not read exports. */
  readonly work: ReturnType<typeof workspace> | undefined
  readonly runs: HTMLElement | undefined
}

const frame = pageFrame({
  signOut: () => signOut(),
  open: (view) => {
    if (!shown) return
    if (view === 'runs') writeRuns(shown.session.name)
    else history.pushState(history.state, '', location.pathname)
    showView()
  },
})

let shown: Shown | undefined

/** How many tokens links have handed over: work for an earlier one stops. */
let handedOver = 0

/** Whether somebody has signed out here: the provider is to ask who is there then. */
let isSignedOut = false

/** Begins anew for whoever the token is for. All that was shown before is removed. */
function signIn(token: string, name: string = crypto.randomUUID()): void {
  leave()
  tabToken.write(token)
  tabSession.write(name)
  const session = startSession(token, name, (reason) => signOut(reason))
  claimEntry(name)
  const scopes = scopesOf(token)
  const isSync = scopes.includes('sync')
  const isReader = !isSync || scopes.length > 1
  shown = {
    session,
    work: isReader ? workspace(session) : undefined,
    runs: isSync ? runsPage(session) : undefined,
  }
  frame.showSession(true, isSync && isReader)
  showView()
  if (tabRenewal.read() !== null) {
    void signInSettings().then(
      ({ provider }) => provider && !session.signal.aborted && keepRenewed(session, provider),
      () => undefined,
    )
  }
}

/** Shows the part of the session that the address names. */
function showView(): void {
  if (!shown) return
  const { work, runs } = shown
  const isRuns = !work || (runs !== undefined && readAddress().isRuns)
  frame.place.replaceChildren(...[isRuns ? runs : work.element].filter((one) => one !== undefined))
  frame.showView(isRuns ? 'runs' : 'export')
}

/** @param reason why the session has ended, where the user has not ended it */
function signOut(reason?: string): void {
  if (reason === undefined) isSignedOut = true
  leave()
  clearTab()
  clearAddress()
  frame.showSession(false, false)
  showSignIn(reason)
}

function showSignIn(reason?: string): void {
  const page = signInPage({ settings: signInSettings, signIn: leadToProvider, useToken }, reason)
  frame.place.replaceChildren(page.element)
}

function useToken(token: string): void {
  signIn(token)
  shown?.work?.focus()
}

async function leadToProvider({ provider }: SignInSettings): Promise<void> {
  if (!provider) return
  const { url, attempt } = await authorizationRequest(provider, isSignedOut ? 'login' : undefined)
  tabAttempt.write(JSON.stringify(attempt))
  location.assign(url)
}

/** Ends the session, and removes all that it has shown. */
function leave(): void {
  handedOver += 1
  shown?.session.end()
  shown = undefined
  frame.place.replaceChildren()
  frame.place.hidden = false
  frame.notice('')
}

/** Shows what belongs to the tab's token. An address of another session is cleared. */
function begin(): void {
  const token = tabToken.read()
  const name = tabSession.read()
  if (name === null ? history.state !== null : isOfAnotherSession(name)) clearAddress()
  if (token !== null) return signIn(token, name ?? undefined)
  leave()
  frame.showSession(false, false)
  return showSignIn()
}

/**
 * Deals with a token from a link. It never replaces the session of another user without a question.
 */
async function receive(handed: string): Promise<void> {
  const kept = tabToken.read()
  const read = readToken(handed)
  if (kept === null) {
    if ('token' in read) return signIn(read.token)
    return signOut(tokenFaultText(read.fault))
  }
  if ('fault' in read) {
    if (!shown) begin()
    return frame.notice(text('replace.unused', { reason: tokenFaultText(read.fault) }))
  }
  const { token } = read
  if (token === kept) return resume()
  handedOver += 1
  const number = handedOver
  const isRenewal = (await isOfSameUser(kept, token)) && tabToken.read() === kept
  if (number !== handedOver) return undefined
  if (isRenewal) {
    tabToken.write(token)
    shown?.session.renew(token)
    return resume()
  }
  const question = replaceQuestion({
    replace: () => {
      tabRenewal.remove()
      signIn(token)
    },
    keep: () => {
      resume()
      shown?.work?.focus()
    },
  })
  frame.place.replaceChildren(question.element)
  return question.focus()
}

/** Shows the session of the tab's token, where it is not shown. */
function resume(): void {
  frame.place.hidden = false
  if (shown) showView()
  else begin()
}

/**
 * Whether a token names the user of another one, and the service accepts it: anybody can write a
 * name into a token.
 */
async function isOfSameUser(kept: string, token: string): Promise<boolean> {
  const user = userOf(token)
  if (user === undefined || user !== userOf(kept)) return false
  const api = apiFor(() => token, AbortSignal.timeout(CHECK_MILLISECONDS))
  const query = { 'page[size]': 1 }
  const listed = api.GET('/api/v2/contacts/exports', { params: { query } })
  return listed.then(({ response }) => response.ok).catch(() => false)
}

/** Follows the address after the user has gone back, forward, or to a bookmark. */
function follow(): void {
  const handed = takeTokenFromAddress()
  if (handed !== undefined) return void receive(handed)
  if (!shown) return undefined
  if (isOfAnotherSession(shown.session.name)) clearAddress()
  claimEntry(shown.session.name)
  showView()
  return shown.work?.showAddress()
}

async function start(): Promise<void> {
  const handed = takeTokenFromAddress()
  if (handed !== undefined) return receive(handed)
  try {
    const grant = await finishSignIn()
    if (!grant) return begin()
    signIn(grant.token)
    keepGrant(grant)
    const { provider } = await signInSettings()
    return provider && shown && keepRenewed(shown.session, provider)
  } catch (error) {
    return signOut(text('signIn.failed', { reason: providerMessage(error) }))
  }
}

addEventListener('popstate', follow)
// The browser may bring back the page as it was left, though the tab has changed hands since.
addEventListener('pagehide', () => {
  frame.place.hidden = true
})
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  if (shown?.session.token() === tabToken.read()) resume()
  else begin()
})
void start()
