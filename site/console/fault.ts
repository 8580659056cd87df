import { made } from './dom.ts'

/** A place beside a control where it is told what went wrong with it. Screen readers read it out. */
export type Fault = {
  readonly show: (message: string) => void
  readonly clear: () => void
}

/**
 * @param element has the role `alert`
 * @param retry is offered as a button, where the user has pressed none that could be pressed again
 */
export function faultAt(element: HTMLElement, retry?: () => void): Fault {
  return {
    show(message) {
      const again = retry && made('button', { type: 'button', onclick: retry }, 'Try again')
      element.replaceChildren(message, ...(again ? [' ', again] : []))
      if (!retry) element.scrollIntoView({ block: 'nearest' })
    },
    clear: () => element.replaceChildren(),
  }
}

/** A new place for faults. */
export const faultElement = () => made('p', { className: 'fault', role: 'alert' })
