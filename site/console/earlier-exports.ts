import { answered, type ExportLog } from './api.ts'
import { element } from './dom.ts'
import { exportItem } from './export-item.ts'
import { faultAt } from './fault.ts'
import { onPress } from './on-press.ts'
import type { Session } from './session.ts'

const PAGE_SIZE = 10

/** The list of exports: the newest, and older ones on demand. */
export function earlierExports(root: ParentNode, session: Session): { refresh: () => void } {
  const heading = element(root, 'earlier', HTMLHeadingElement)
  const list = element(root, 'exports', HTMLUListElement)
  const none = element(root, 'none', HTMLParagraphElement)
  const more = element(root, 'more', HTMLButtonElement)
  const listFault = faultAt(element(root, 'list-fault', HTMLParagraphElement), {
    retry: refresh,
    isBackground: true,
  })
  const moreFault = faultAt(element(root, 'more-fault', HTMLParagraphElement))
  const items = new Map<string, ReturnType<typeof exportItem>>()
  /** Those that were deleted here: a page that was asked for before may still hold them. */
  const deleted = new Set<string>()
  /** Where the next older page begins. */
  let after: string | undefined
  let latest = new AbortController()

  /**
   * Shows the newest page anew. Older ones that are shown stay. A later call overtakes an earlier
   * one.
   */
  function refresh(): void {
    latest.abort()
    latest = new AbortController()
    const { signal } = latest
    void session.run(listFault, async () => {
      const page = await load(undefined, signal).catch((error: unknown) => {
        if (signal.aborted) return undefined
        throw error
      })
      if (!page) return
      if (!page.logs.some(({ id }) => items.has(id))) {
        items.clear()
        list.replaceChildren()
        ;({ after } = page)
      }
      list.prepend(...page.logs.map(itemOf))
      showState()
    })
  }

  async function addOlder(): Promise<void> {
    const from = after
    const page = await load(from, session.signal)
    if (after !== from) return
    ;({ after } = page)
    const added = page.logs.filter(({ id }) => !items.has(id)).map(itemOf)
    list.append(...added)
    const hadFocus = document.activeElement === more
    showState()
    if (hadFocus && more.hidden) added[0]?.querySelector('button')?.focus()
  }

  async function load(from: string | undefined, signal: AbortSignal) {
    const query = { ...(from !== undefined && { 'page[after]': from }), 'page[size]': PAGE_SIZE }
    const { data, links } = answered(
      await session.api.GET('/api/v2/contacts/exports', { params: { query }, signal }),
    )
    const next = links.next ? new URL(links.next).searchParams.get('page[after]') : null
    const logs = data.filter(({ id }) => !deleted.has(id))
    return { logs, after: next ?? undefined }
  }

  /** The item of a log as it is now. One with a download under way stays as it is. */
  function itemOf(log: ExportLog): HTMLLIElement {
    const shown = items.get(log.id)
    if (shown?.isBusy()) return shown.element
    shown?.element.remove()
    const item = exportItem(log, session, () => {
      deleted.add(log.id)
      items.get(log.id)?.element.remove()
      items.delete(log.id)
      showState()
      heading.focus()
    })
    items.set(log.id, item)
    return item.element
  }

  function showState(): void {
    more.hidden = after === undefined
    none.hidden = items.size > 0 || !more.hidden
  }

  onPress(more, () => session.run(moreFault, addOlder))
  return { refresh }
}
