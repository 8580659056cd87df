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
  const listFault = faultAt(element(root, 'list-fault', HTMLParagraphElement), refresh)
  const moreFault = faultAt(element(root, 'more-fault', HTMLParagraphElement))
  const items = new Map<string, ReturnType<typeof exportItem>>()
  /** Where the next older page begins. */
  let after: string | undefined

  /** Shows the newest page anew. Older ones that are shown stay. */
  function refresh(): void {
    void session.run(listFault, async () => {
      const page = await load(undefined)
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
    const page = await load(from)
    if (after !== from) return
    ;({ after } = page)
    const added = page.logs.filter(({ id }) => !items.has(id)).map(itemOf)
    list.append(...added)
    const hadFocus = document.activeElement === more
    showState()
    if (hadFocus && more.hidden) added[0]?.querySelector('button')?.focus()
  }

  async function load(from: string | undefined) {
    const query = { ...(from !== undefined && { 'page[after]': from }), 'page[size]': PAGE_SIZE }
    const { data, links } = answered(
      await session.api.GET('/api/v2/contacts/exports', { params: { query } }),
    )
    const next = links.next ? new URL(links.next).searchParams.get('page[after]') : null
    return { logs: data, after: next ?? undefined }
  }

  /** The item of a log as it is now. One with a download under way stays as it is. */
  function itemOf(log: ExportLog): HTMLLIElement {
    const shown = items.get(log.id)
    if (shown?.isBusy()) return shown.element
    shown?.element.remove()
    const item = exportItem(log, session, () => {
      items.delete(log.id)
      item.element.remove()
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
