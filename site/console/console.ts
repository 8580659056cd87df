import { apiFor, Refusal, type Api } from './api.ts'
import { element } from './dom.ts'
import { earlierExports } from './earlier-exports.ts'
import { onExport } from './export-form.ts'
import { onFilterChange } from './filter-form.ts'
import { showPreview } from './preview.ts'
import { currentToken, forgetToken, keepToken } from './session.ts'

const UNAUTHORIZED = 401

const signIn = element('sign-in', HTMLFormElement)
const tokenField = element('token', HTMLInputElement)
const signOut = element('sign-out', HTMLButtonElement)
const work = element('work', HTMLDivElement)
const fault = element('fault', HTMLParagraphElement)

let api: Api | undefined

const showExports = earlierExports(run)

/** Does some work for whoever is signed in, and tells what is wrong with it. */
function run(task: (current: Api) => Promise<void>): void {
  const current = api
  if (!current) return
  fault.textContent = ''
  task(current).catch((error: unknown) => {
    if (current !== api) return
    if (error instanceof Refusal && error.status === UNAUTHORIZED) signedOut()
    fault.textContent =
      error instanceof Refusal ? error.message : 'The service cannot be reached. Try again.'
  })
}

function signedIn(token: string): void {
  api = apiFor(token)
  signIn.hidden = true
  signOut.hidden = false
  work.hidden = false
  fault.textContent = ''
  run(showPreview)
  run(showExports)
}

function signedOut(): void {
  api = undefined
  forgetToken()
  work.hidden = true
  signOut.hidden = true
  signIn.hidden = false
  tokenField.focus()
}

signIn.addEventListener('submit', (event) => {
  event.preventDefault()
  const token = tokenField.value.trim()
  tokenField.value = ''
  keepToken(token)
  signedIn(token)
  element('account-list', HTMLSelectElement).focus()
})

signOut.addEventListener('click', () => {
  fault.textContent = ''
  signedOut()
})

onFilterChange(() => run(showPreview))

onExport((exported) =>
  run(async (current) => {
    await exported(current)
    await showExports(current)
  }),
)

function begin(): void {
  const token = currentToken()
  if (token === null) signedOut()
  else signedIn(token)
}

addEventListener('hashchange', () => {
  if (location.hash !== '') begin()
})
begin()
