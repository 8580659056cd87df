import { made } from './dom.ts'

/**
 * A place beside a control where it is told what went wrong with it. Screen readers read it out.
 */
export type Fault = {
  readonly show: (message: string) => void
  readonly clear: () => void
}

type FaultOptions = {
  /** Is offered as a button, where the user has pressed none that could be pressed again. */
  readonly retry?: () => void
  /** Is true where the user may be busy elsewhere on the page, which must not scroll away then. */
  readonly isBackground?: boolean
}

/** @param element has the role `alert` */
export function faultAt(element: HTMLElement, { retry, isBackground }: FaultOptions = {}): Fault {
  return {
    show(message) {
      const again = retry && made('button', { type: 'button', onclick: retry }, 'Try again')
      element.replaceChildren(message, ...(again ? [' ', again] : []))
      if (!isBackground) element.scrollIntoView({ block: 'nearest' })
    },
    clear: () => element.replaceChildren(),
  }
}

/** A new place for faults. */
export const faultElement = () => made('p', { className: 'fault', role: 'alert' })
