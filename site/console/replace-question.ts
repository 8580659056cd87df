import { element } from './dom.ts'

type Answers = { readonly replace: () => void; readonly keep: () => void }

const question = element(document, 'replace', HTMLElement)
const heading = element(question, 'replace-heading', HTMLHeadingElement)

let pending: Answers | undefined

/**
 * Asks whether the token of a link is to replace the session of this tab. A later question replaces
 * an earlier one.
 */
export function askToReplace(answers: Answers): void {
  pending = answers
  question.hidden = false
  heading.focus()
}

/** Removes the question, and forgets the token that it is about. */
export function withdrawQuestion(): void {
  pending = undefined
  question.hidden = true
}

function onAnswer(id: string, name: keyof Answers): void {
  element(question, id, HTMLButtonElement).addEventListener('click', () => {
    const answer = pending?.[name]
    withdrawQuestion()
    answer?.()
  })
}

onAnswer('replace-session', 'replace')
onAnswer('keep-session', 'keep')
