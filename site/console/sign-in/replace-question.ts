import { button, made, newId, withAttributes } from '../page/dom.ts'
import { text } from '../texts/texts.ts'

/** Asks whether the token of a link is to replace the session of this tab. */
export function replaceQuestion(answers: {
  readonly replace: () => void
  readonly keep: () => void
}) {
  const heading = made('h2', { tabIndex: -1, id: newId() }, text('replace.heading'))
  const element = made(
    'section',
    { className: 'card sign-in' },
    heading,
    made('p', {}, text('replace.about')),
    made(
      'div',
      { className: 'buttons' },
      button(text('replace.keep'), answers.keep, 'primary'),
      button(text('replace.replace'), answers.replace),
    ),
  )
  withAttributes(element, { 'aria-labelledby': heading.id })
  return { element, focus: () => heading.focus() }
}
