import { button, made } from '../page/dom.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'

/** How long a deletion can be undone. */
const UNDO_MILLISECONDS = 8000

/** It has been deleted already, elsewhere. */
const GONE = 404

export type Deletions = {
  /** @returns what is shown in place of the export, with a button that undoes the deletion */
  readonly start: (id: string, about: string, undone: () => void) => HTMLElement
  readonly isPending: (id: string) => boolean
  /** Whether the service was told, so that a list that was asked for before may still hold it. */
  readonly isSent: (id: string) => boolean
}

/**
 * Deletions that are sent after some seconds, or when the page is left: until then they can be
 * undone.
 */
export function pendingDeletions(session: Session): Deletions {
  const pending = new Map<string, () => void>()
  const sent = new Set<string>()

  function start(id: string, about: string, undone: () => void): HTMLElement {
    const notice = made('p', { className: 'undo', role: 'status' })
    const undo = button(
      text('earlier.undo'),
      () => {
        clearTimeout(timer)
        pending.delete(id)
        undone()
      },
      'small',
    )
    const send = () => {
      clearTimeout(timer)
      pending.delete(id)
      sent.add(id)
      void deleteLog(session, id).then(
        () => removeItem(notice),
        () => {
          sent.delete(id)
          undone()
        },
      )
    }
    const timer = setTimeout(send, UNDO_MILLISECONDS)
    pending.set(id, send)
    notice.append(text('earlier.deleted', { export: about }), ' ', undo)
    return notice
  }

  const sendAll = () => {
    for (const send of pending.values()) send()
  }
  addEventListener('pagehide', sendAll, { signal: session.signal })
  session.onEnd(sendAll)
  return { start, isPending: (id) => pending.has(id), isSent: (id) => sent.has(id) }
}

/** Removes the item of an export, with its group where it is the last of it. */
function removeItem(notice: HTMLElement): void {
  const item = notice.closest('li')
  const list = item?.parentElement
  const hadFocus = item?.contains(document.activeElement) ?? false
  item?.remove()
  if (hadFocus) document.querySelector<HTMLElement>('#earlier')?.focus()
  if (list?.childElementCount === 0) list.closest('li')?.remove()
}

/** The request outlives the page. The session may be over when it is sent. */
async function deleteLog(session: Session, id: string): Promise<void> {
  const response = await fetch(`/api/v2/contacts/exports/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${session.token()}` },
    keepalive: true,
  })
  if (!response.ok && response.status !== GONE) throw new Error('The export is not deleted.')
}
