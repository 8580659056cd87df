import { button, labelled, made, newId, withAttributes } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { text } from '../texts/texts.ts'
import type { SignInSettings } from './settings.ts'
import { readToken, type TokenFault } from './token-text.ts'

type Ways = {
  readonly settings: () => Promise<SignInSettings>
  /** Leads to the identity provider. */
  readonly signIn: (settings: SignInSettings) => Promise<void>
  /** Goes on with a token that was entered. */
  readonly useToken: (token: string) => void
}

/**
 * What somebody sees who is not signed in: the way in, and the field for a token behind it.
 *
 * @param reason why a session has ended or a token was not used
 */
export function signInPage({ settings, signIn, useToken }: Ways, reason?: string) {
  const fault = newFault()
  const way = made('div', { className: 'way-in' })
  const details = made('details', {}, made('summary', {}, text('signIn.useToken')))
  const tokenFault = withAttributes(newFault().element, { id: newId() })
  const about = made('p', { className: 'hint', id: newId() }, text('signIn.aboutToken'))
  const field = made('input', {
    type: 'password',
    autocomplete: 'off',
    spellcheck: false,
    required: true,
  })
  withAttributes(field, { 'aria-describedby': `${about.id} ${tokenFault.id}` })
  const form = made(
    'form',
    {},
    labelled(text('signIn.token'), field),
    tokenFault,
    about,
    made('button', { type: 'submit', className: 'small' }, text('signIn.tokenButton')),
  )
  details.append(form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const read = readToken(field.value)
    form.reset()
    if ('token' in read) return useToken(read.token)
    tokenFault.textContent = tokenFaultText(read.fault)
    field.ariaInvalid = 'true'
    return field.focus()
  })

  async function show(): Promise<void> {
    const known = await settings()
    if (known.provider) {
      const press = button(text('signIn.button'), () => void lead(known, press), 'primary')
      way.replaceChildren(press, made('p', { className: 'hint' }, text('signIn.about')))
      if (!details.open) press.focus()
    } else {
      const { signInUrl } = known
      way.replaceChildren(
        made('p', {}, text('signIn.elsewhere')),
        ...(signInUrl === undefined
          ? []
          : [made('a', { href: signInUrl, className: 'button primary' }, text('signIn.link'))]),
      )
      if (reason === undefined) return
      details.open = true
      field.focus()
    }
  }

  async function lead(known: SignInSettings, press: HTMLButtonElement): Promise<void> {
    if (press.ariaDisabled === 'true') return
    press.ariaDisabled = 'true'
    press.textContent = text('signIn.busy')
    fault.clear()
    await signIn(known).catch((error: unknown) => {
      press.ariaDisabled = null
      press.textContent = text('signIn.button')
      fault.show(text('signIn.failed', { reason: String(Object(error).message ?? error) }))
    })
  }

  void show().catch(() => fault.show(text('signIn.noSettings')))
  const element = made(
    'section',
    { className: 'card sign-in' },
    made('h2', {}, text('signIn.heading')),
    way,
    fault.element,
    details,
  )
  if (reason !== undefined) fault.show(reason)
  return { element, fault }
}

/** Why a token cannot be sent, for people. */
export const tokenFaultText = (fault: TokenFault): string =>
  fault === 'missing'
    ? text('fault.tokenMissing')
    : text('fault.tokenCharacter', { ...fault, position: fault.position })
