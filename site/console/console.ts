import { apiFor } from './api.ts'
import { element } from './dom.ts'
import { faultAt } from './fault.ts'
import { startSession, type Session } from './session.ts'
import { onSignIn, signInForm } from './sign-in-form.ts'
import { tabToken, takeTokenFromAddress } from './tab-token.ts'
import { askToReplace, withdrawQuestion } from './replace-question.ts'
import { readToken, userOf } from './token-text.ts'
import { workspace } from './workspace.ts'

const place = element(document, 'place', HTMLDivElement)
const signOutButton = element(document, 'sign-out', HTMLButtonElement)
const notice = faultAt(element(document, 'notice', HTMLParagraphElement))

/** How long a token from a link may take to be checked. Afterwards the user is asked. */
const CHECK_MILLISECONDS = 10_000

let session: Session | undefined

/** How many tokens links have handed over: work for an earlier one stops. */
let handedOver = 0

/** Begins anew for whoever the token is for. All that was shown before is removed. */
function signIn(token: string): void {
  leave()
  tabToken.write(token)
  session = startSession(token, (reason) => {
    signOut()
    signInForm.tell(reason)
  })
  place.append(workspace(session))
  signInForm.hide()
  signOutButton.hidden = false
}

function signOut(): void {
  leave()
  tabToken.remove()
  signOutButton.hidden = true
  signInForm.show()
}

/** Ends the session, and removes all that it has shown. */
function leave(): void {
  handedOver += 1
  session?.end()
  session = undefined
  place.replaceChildren()
  place.hidden = false
  withdrawQuestion()
  notice.clear()
}

/** Shows what belongs to the tab's token. */
function begin(): void {
  const token = tabToken.read()
  if (token === null) signOut()
  else signIn(token)
}

/**
 * Deals with a token from a link. It never replaces the session of another user without a question.
 */
async function receive(text: string): Promise<void> {
  const kept = tabToken.read()
  const read = readToken(text)
  if (kept === null) {
    if ('token' in read) return signIn(read.token)
    signOut()
    return signInForm.tell(read.fault)
  }
  if ('fault' in read) {
    if (!session) begin()
    return notice.show(`The link was not used, and nothing has changed here. ${read.fault}`)
  }
  const { token } = read
  if (token === kept) return resume()
  handedOver += 1
  const number = handedOver
  const isRenewal = (await isOfSameUser(kept, token)) && tabToken.read() === kept
  if (number !== handedOver) return undefined
  if (isRenewal) {
    tabToken.write(token)
    session?.renew(token)
    return resume()
  }
  place.hidden = true
  return askToReplace({
    replace: () => signIn(token),
    keep: () => {
      resume()
      element(place, 'account-list', HTMLSelectElement).focus()
    },
  })
}

/** Shows the session of the tab's token, where it is not shown. */
function resume(): void {
  withdrawQuestion()
  if (session) place.hidden = false
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

function start(): void {
  const handed = takeTokenFromAddress()
  if (handed === undefined) begin()
  else void receive(handed)
}

onSignIn(signIn)
signOutButton.addEventListener('click', signOut)
addEventListener('hashchange', () => {
  const handed = takeTokenFromAddress()
  if (handed !== undefined) void receive(handed)
})
// The browser may bring back the page as it was left, though the tab has changed hands since.
addEventListener('pagehide', () => {
  place.hidden = true
})
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  if (session?.token() === tabToken.read()) resume()
  else begin()
})
start()
