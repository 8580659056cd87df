import { answered, type ColumnKey } from '../api.ts'
import { columns } from '../file/columns.ts'
import { fileKind } from '../file/file-formats.ts'
import type { AccountLists } from '../filter/account-lists.ts'
import type { FormState } from '../form-state.ts'
import { newFault } from '../page/fault.ts'
import { made, withAttributes } from '../page/dom.ts'
import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { counted, text } from '../texts/texts.ts'
import { numberForm } from '../texts/forms.ts'
import { previewSheet } from './preview-sheet.ts'
import { previewTable } from './preview-table.ts'

/** What a preview shows: how many contacts, and the cells of the first, by their headings. */
export type PreviewRows = readonly Readonly<Record<string, unknown>>[]

const TOO_LONG = new Set([413, 414, 431])

/** Servers on the way refuse addresses that are much longer. */
const LONGEST_FILTER = 12_000

/**
 * Shows what the file will hold: its number of contacts, and its first rows in exactly its columns.
 *
 * @param state what is chosen now
 */
export function preview(session: Session, lists: AccountLists, state: () => FormState) {
  const count = made('output', { id: 'count' })
  const shown = made('p', { className: 'hint', role: 'status' })
  const rows = made('div', { className: 'scroll', tabIndex: 0, hidden: true })
  withAttributes(rows, { role: 'region', 'aria-label': text('preview.rows') })
  const none = made('p', { className: 'hint', hidden: true }, text('preview.noneAdvice'))
  const fault = newFault({ retry: show, isBackground: true })
  let latest = new AbortController()
  /** `undefined` while it is not known. */
  let total: number | undefined

  function show(): void {
    latest.abort()
    latest = new AbortController()
    const { signal } = latest
    total = undefined
    count.textContent = text('preview.counting')
    count.classList.add('waiting')
    void session.run(fault, async () => {
      try {
        await load(signal)
      } catch (error) {
        if (signal.aborted) return
        clear()
        throw error instanceof Refusal && TOO_LONG.has(error.status ?? 0)
          ? new Refusal(text('preview.tooLong'))
          : error
      }
    })
  }

  function clear(): void {
    count.textContent = ''
    count.classList.remove('waiting')
    shown.textContent = ''
    rows.hidden = true
    none.hidden = true
    rows.replaceChildren()
  }

  async function load(signal: AbortSignal): Promise<void> {
    const { filter, file } = state()
    const kind = fileKind(file.kind)
    const isOfLabels = kind?.isLabels ?? false
    if (JSON.stringify(filter).length > LONGEST_FILTER) {
      throw new Refusal(text('preview.tooLong'), 414)
    }
    const keys = isOfLabels ? columns.mailing.map(({ key }) => key) : keysOf(file.columns)
    const query = {
      filter,
      ...(keys && { columns: [...keys] }),
      ...(file.sort !== 'name' && { sort: file.sort }),
    }
    const { data, meta } = answered(
      await session.api.GET('/api/v2/contacts/exports/preview', { params: { query }, signal }),
    )
    lists.set(meta.account_lists)
    clear()
    const all = meta.total
    total = all
    count.textContent = all === 0 ? text('preview.none') : counted('preview.total', all)
    none.hidden = all > 0
    if (data.length === 0) return
    const first: PreviewRows = data.map(({ attributes }) => attributes)
    shown.textContent = shownText(first.length, all)
    rows.replaceChildren(isOfLabels ? previewSheet(first, file.labels, all) : previewTable(first))
    rows.ariaLabel = text(isOfLabels ? 'preview.sheet' : 'preview.rows')
    rows.hidden = false
  }

  return {
    count,
    element: made('div', {}, shown, none, rows, fault.element),
    show,
    total: () => total,
  }
}

const keysOf = (chosen: FormState['file']['columns']): readonly ColumnKey[] | undefined =>
  chosen === 'contacts'
    ? undefined
    : chosen === 'mailing'
      ? columns.mailing.map(({ key }) => key)
      : chosen

const shownText = (shown: number, total: number): string =>
  shown < total
    ? text('preview.first', { shown, total })
    : text('preview.all', { total: numberForm(total) })
