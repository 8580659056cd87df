import { answered, type ExportLog } from '../api.ts'
import type { AccountLists } from '../filter/account-lists.ts'
import { filterSentence } from '../filter/filter-sentence.ts'
import { filterIdentity } from '../form-state.ts'
import { button, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'
import { exportRow, type ExportRow } from './export-row.ts'
import { filterOf } from './export-log.ts'
import { pendingDeletions } from './pending-deletions.ts'

const PAGE_SIZE = 20

type Around = {
  readonly lists: AccountLists
  /** Loads the form with what an export was made of. */
  readonly use: (log: ExportLog) => void
  /** Is called with the newest export, once. */
  readonly newest: (log: ExportLog) => void
}

/** The exports of the user, a page at a time, grouped by their filters. */
export function earlierExports(session: Session, around: Around) {
  const heading = made('h2', { tabIndex: -1, id: 'earlier' }, text('earlier.heading'))
  const list = made('ul', { className: 'groups-of-exports' })
  const none = made('p', { className: 'hint', hidden: true }, text('earlier.none'))
  const range = made('span', { role: 'status' })
  const newer = button(text('earlier.newer'), () => undefined, 'quiet-button')
  const older = button(text('earlier.older'), () => undefined, 'quiet-button')
  const pages = made('div', { className: 'pages', hidden: true }, newer, range, older)
  const listFault = newFault({ retry: refresh, isBackground: true })
  const pageFault = newFault()
  const deletions = pendingDeletions(session)
  let rows = new Map<string, ExportRow>()
  /** Where the pages begin that lead to the one shown, the first of them at its own beginning. */
  let begins: (string | undefined)[] = [undefined]
  let next: string | undefined
  let latest = new AbortController()
  let isFirst = true

  /** Shows the newest page. A later call overtakes an earlier one. */
  function refresh(): void {
    void session.run(listFault, () => open([undefined]))
  }

  async function open(wanted: (string | undefined)[]): Promise<void> {
    latest.abort()
    latest = new AbortController()
    const { signal } = latest
    const page = await load(wanted.at(-1), signal).catch((error: unknown) => {
      if (signal.aborted) return undefined
      throw error
    })
    if (!page || signal.aborted) return
    begins = wanted
    next = page.next
    const [first] = page.logs
    if (isFirst && first) around.newest(first)
    isFirst = false
    show(page.logs, page.total)
  }

  async function load(after: string | undefined, signal: AbortSignal) {
    const query = { ...(after !== undefined && { 'page[after]': after }), 'page[size]': PAGE_SIZE }
    const { data, links, meta } = answered(
      await session.api.GET('/api/v2/contacts/exports', { params: { query }, signal }),
    )
    const following = links.next ? new URL(links.next).searchParams.get('page[after]') : null
    return { logs: data, next: following ?? undefined, total: meta.total }
  }

  function show(logs: readonly ExportLog[], total: number): void {
    const shown = logs.filter(({ id }) => !deletions.isDeleted(id))
    const before = rows
    rows = new Map(shown.map((log) => [log.id, rowFor(log, before.get(log.id))]))
    list.replaceChildren(...groupsOf(shown).map((group) => groupElement(group)))
    none.hidden = shown.length > 0 || begins.length > 1
    const from = (begins.length - 1) * PAGE_SIZE
    pages.hidden = total <= PAGE_SIZE
    range.textContent = text('earlier.range', { from: from + 1, to: from + logs.length, total })
    newer.disabled = begins.length === 1
    older.disabled = next === undefined
  }

  /** A row with a download under way, or whose deletion can be undone, stays as it is. */
  function rowFor(log: ExportLog, row: ExportRow | undefined): ExportRow {
    if (row?.isBusy()) return row
    return exportRow(log, session, {
      lists: around.lists,
      use: around.use,
      remove: deletions,
      failed: pageFault.show,
    })
  }

  function groupElement(logs: readonly ExportLog[]): HTMLLIElement {
    const sentence = made('h3', {})
    const tell = () => {
      const [first] = logs
      sentence.textContent = filterSentence(filterOf(first), around.lists).join(' · ')
    }
    tell()
    around.lists.onChange(() => sentence.isConnected && tell())
    const items = logs.flatMap(({ id }) => rows.get(id)?.element ?? [])
    return made('li', {}, sentence, made('ul', { className: 'exports' }, ...items))
  }

  const turn = (to: () => (string | undefined)[]) => () =>
    session.run(pageFault, async () => {
      await open(to())
      heading.focus()
    })
  onPress(
    older,
    turn(() => [...begins, next]),
  )
  onPress(
    newer,
    turn(() => begins.slice(0, -1)),
  )
  session.signal.addEventListener('abort', () => latest.abort())
  return {
    element: made(
      'section',
      { className: 'card earlier-card' },
      heading,
      listFault.element,
      none,
      list,
      pages,
      pageFault.element,
    ),
    refresh,
  }
}

/** Exports of one filter together, where its newest stands. */
function groupsOf(logs: readonly ExportLog[]): readonly (readonly ExportLog[])[] {
  const groups = new Map<string, ExportLog[]>()
  for (const log of logs) {
    const identity = filterIdentity(filterOf(log))
    groups.set(identity, [...(groups.get(identity) ?? []), log])
  }
  return [...groups.values()]
}
