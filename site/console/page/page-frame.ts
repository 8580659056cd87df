import { chooseLanguage, language, languageNames, text } from '../texts/texts.ts'
import { button, made, options, withAttributes } from './dom.ts'

type View = 'export' | 'runs'

/** The head of the page and the place below it, in which all else is shown. */
export function pageFrame(actions: {
  readonly signOut: () => void
  readonly open: (view: View) => void
}) {
  document.documentElement.lang = language
  document.title = text('page.title')
  const main = made('main', { id: 'main', tabIndex: -1 })
  const notice = made('p', { className: 'fault', role: 'alert', id: 'notice' })
  const place = made('div', { id: 'place' })
  main.append(notice, place)
  const views = (['export', 'runs'] as const).map((view) => ({
    view,
    element: button(text(`page.${view}`), () => actions.open(view), 'tab'),
  }))
  const tabs = made('div', { className: 'tabs', hidden: true })
  tabs.append(...views.map(({ element }) => element))
  const signOut = button(text('signOut.button'), actions.signOut, 'quiet-button')
  const languages = made('select', {
    ariaLabel: text('page.language'),
    onchange: () => chooseLanguage(languages.value),
  })
  languages.append(...options(Object.entries(languageNames)))
  languages.value = language
  const skip = made('a', { href: '#main', className: 'skip' }, text('page.skip'))
  skip.addEventListener('click', (event) => {
    event.preventDefault()
    main.focus()
  })
  const navigation = made(
    'nav',
    {},
    tabs,
    made('a', { href: '/docs' }, text('page.documentation')),
    languages,
    signOut,
  )
  withAttributes(navigation, { 'aria-label': text('page.pages') })
  document.body.replaceChildren(
    skip,
    made('header', {}, made('h1', {}, text('page.title')), navigation),
    main,
  )
  signOut.hidden = true

  return {
    place,
    notice: (message: string) => notice.replaceChildren(message),
    /** @param sync whether there is anything about contacts that are brought in */
    showSession(isSignedIn: boolean, sync: boolean): void {
      signOut.hidden = !isSignedIn
      tabs.hidden = !isSignedIn || !sync
    },
    showView(shown: View): void {
      for (const { view, element } of views) {
        if (view === shown) element.setAttribute('aria-current', 'page')
        else element.removeAttribute('aria-current')
      }
    },
  }
}
