import { element } from './dom.ts'
import { faultAt } from './fault.ts'
import { readToken } from './token-text.ts'

const form = element(document, 'sign-in', HTMLFormElement)
const field = element(form, 'token', HTMLInputElement)
const fault = faultAt(element(form, 'token-fault', HTMLParagraphElement))

/** The form that asks for a token. */
export const signInForm = {
  /** Shows it empty. */
  show(): void {
    clear()
    form.hidden = false
    field.focus()
  },
  hide(): void {
    clear()
    form.hidden = true
  },
  /** Tells why a token was not used. */
  tell(reason: string): void {
    fault.show(reason)
    field.ariaInvalid = 'true'
    field.focus()
  },
}

/** Calls with the token that was entered, cleaned of what is copied along with tokens. */
export function onSignIn(signIn: (token: string) => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const read = readToken(field.value)
    clear()
    if ('fault' in read) return signInForm.tell(read.fault)
    signIn(read.token)
    return document.querySelector<HTMLElement>('#account-list')?.focus()
  })
}

function clear(): void {
  form.reset()
  field.ariaInvalid = null
  fault.clear()
}
