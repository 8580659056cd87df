import { text } from '../texts/texts.ts'
import { button, made } from './dom.ts'

/**
 * A place beside a control where it is told what went wrong with it. Screen readers read it out.
 */
export type Fault = {
  readonly element: HTMLParagraphElement
  readonly show: (message: string) => void
  readonly clear: () => void
}

type FaultOptions = {
  /** Is offered as a button, where the user has pressed none that could be pressed again. */
  readonly retry?: () => void
  /** Is true where the user may be busy elsewhere on the page, which must not scroll away then. */
  readonly isBackground?: boolean
}

export function newFault({ retry, isBackground }: FaultOptions = {}): Fault {
  const element = made('p', { className: 'fault', role: 'alert' })
  return {
    element,
    show(message) {
      const again = retry && button(text('fault.again'), retry)
      element.replaceChildren(message, ...(again ? [' ', again] : []))
      if (!isBackground) element.scrollIntoView({ block: 'nearest' })
    },
    clear: () => element.replaceChildren(),
  }
}
