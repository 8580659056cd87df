import { readAddress, writeAddress } from './address.ts'
import { earlierExports } from './earlier/earlier-exports.ts'
import { stateOf } from './earlier/export-log.ts'
import { exportAction } from './export-action.ts'
import { fileForm } from './file/file-form.ts'
import { accountLists } from './filter/account-lists.ts'
import { filterForm } from './filter/filter-form.ts'
import { savedFilters } from './filter/saved-filters.ts'
import { defaultFile, type FormState } from './form-state.ts'
import { made, newId, withAttributes } from './page/dom.ts'
import { preview } from './preview/preview.ts'
import type { Session } from './session.ts'
import { text } from './texts/texts.ts'

/** How long the form has to rest before a change is looked at. */
const WAIT_MILLISECONDS = 300

/**
 * All that is shown in a session. It is made anew for each, and is removed as a whole: nothing of
 * one user can be left for the next, and what arrives late changes elements that are no longer on
 * the page.
 */
export function workspace(session: Session) {
  const lists = accountLists()
  const filter = filterForm(session, lists, edited)
  const file = fileForm(defaultFile, edited)
  const state = (): FormState => ({ filter: filter.current(), file: file.current() })
  const rows = preview(session, lists, state)
  const action = exportAction(session, {
    state,
    total: rows.total,
    lists,
    made: () => exports.refresh(),
  })
  const saved = savedFilters(session, { state, use })
  const notice = made('p', { className: 'hint', role: 'status' })
  const exports = earlierExports(session, {
    lists,
    use: (log) => {
      use(stateOf(log))
      notice.textContent = text('earlier.used')
      contacts.scrollIntoView({ block: 'start' })
      contactsHeading.focus()
    },
    newest: remember,
  })
  let timer: number | undefined
  /** Whether the user has chosen anything yet. */
  let isTouched = false

  const contactsHeading = made('h2', { tabIndex: -1 }, text('contacts.heading'))
  const contacts = section(
    'contacts',
    contactsHeading,
    made('div', { className: 'card-head' }, contactsHeading, saved.element),
    notice,
    filter.element,
  )
  const fileHeading = made('h2', {}, text('file.heading'))
  const previewHeading = made('h2', {}, text('preview.heading'))
  const root = made(
    'div',
    { id: 'work' },
    contacts,
    section('file', fileHeading, fileHeading, file.element),
    section(
      'preview',
      previewHeading,
      made(
        'div',
        { className: 'card-head result' },
        made('div', {}, previewHeading, rows.count),
        action.press,
      ),
      action.element,
      rows.element,
    ),
    exports.element,
  )

  function edited(): void {
    isTouched = true
    notice.textContent = ''
    action.show()
    clearTimeout(timer)
    timer = setTimeout(changed, WAIT_MILLISECONDS)
  }

  function changed(): void {
    if (session.signal.aborted) return
    const fits = writeAddress(state(), session.name)
    if (!fits) notice.textContent = text('contacts.tooLongForAddress')
    rows.show()
  }

  function show(wanted: FormState): void {
    clearTimeout(timer)
    filter.show(wanted.filter)
    file.show(wanted.file)
    action.show()
  }

  function use(wanted: FormState): void {
    isTouched = true
    show(wanted)
    changed()
  }

  /** The kind of file that the user has made last is the one that is offered first. */
  function remember(log: Parameters<typeof stateOf>[0]): void {
    if (isTouched || readAddress().state) return
    file.show(stateOf(log).file)
    action.show()
    rows.show()
  }

  /** Shows what the address holds, as when the user has gone back. */
  function showAddress(): void {
    show(readAddress().state ?? { filter: {}, file: defaultFile })
    rows.show()
  }

  showAddress()
  exports.refresh()
  return { element: root, showAddress, focus: filter.focus }
}

function section(name: string, heading: HTMLElement, ...content: readonly Node[]): HTMLElement {
  heading.id ||= newId()
  const one = made('section', { className: `card ${name}-card` }, ...content)
  return withAttributes(one, { 'aria-labelledby': heading.id })
}
