import { button, made } from '../page/dom.ts'
import { messageOf } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'
import { deleteLog } from './delete-log.ts'

/** How long a deletion can be undone. */
const UNDO_MILLISECONDS = 8000

type Row = {
  /** What is said of the export. */
  readonly about: string
  /** Shows it again, because the user wants so. */
  readonly undone: () => void
  /** Shows it again, because the service did not delete it. */
  readonly failed: (message: string) => void
}

export type Deletions = {
  /** @returns what is shown in place of the export, with a button that undoes the deletion */
  readonly start: (id: string, row: Row) => HTMLElement
  /** Whether it is going to be deleted, or is being deleted. */
  readonly isPending: (id: string) => boolean
  /** Whether it is deleted, so that a list that was asked for before may still hold it. */
  readonly isDeleted: (id: string) => boolean
}

/**
 * Deletions that are sent after some seconds, or when the page is left: until then they can be
 * undone.
 */
export function pendingDeletions(session: Session): Deletions {
  const pending = new Map<string, () => void>()
  const sent = new Set<string>()
  const deleted = new Set<string>()

  function start(id: string, { about, undone, failed }: Row): HTMLElement {
    const notice = made('p', { className: 'undo', role: 'status' })
    const undo = button(
      text('earlier.undo'),
      () => {
        if (!pending.delete(id)) return
        clearTimeout(timer)
        undone()
      },
      'small',
    )
    const send = () => {
      clearTimeout(timer)
      pending.delete(id)
      sent.add(id)
      void remove()
    }
    const remove = async () => {
      try {
        await deleteLog(session, id)
        deleted.add(id)
        removeItem(notice)
      } catch (error) {
        const reason = messageOf(error)
        if (!session.signal.aborted) failed(text('earlier.notDeleted', { export: about, reason }))
      } finally {
        sent.delete(id)
      }
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
  return {
    start,
    isPending: (id) => pending.has(id) || sent.has(id),
    isDeleted: (id) => deleted.has(id),
  }
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
