import { answered, type ExportLog } from '../api.ts'
import { fileKind, fileKinds } from '../file/file-formats.ts'
import { fileLink } from '../file/file-link.ts'
import { fileName } from '../file/file-name.ts'
import { transferPlace } from '../file/transfer.ts'
import type { AccountLists } from '../filter/account-lists.ts'
import { button, made, options } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import type { Session } from '../session.ts'
import { momentForm } from '../texts/forms.ts'
import { text } from '../texts/texts.ts'
import { exportDetails } from './export-details.ts'
import { filterOf, keptFiles, offeredKind, titleOf } from './export-log.ts'
import { exportSentence } from './export-sentence.ts'
import type { Deletions } from './pending-deletions.ts'
import { renameForm } from './rename-form.ts'

export type ExportRow = {
  readonly element: HTMLLIElement
  /** Whether something is under way that must not be lost. */
  readonly isBusy: () => boolean
}

type Around = {
  readonly lists: AccountLists
  readonly use: (log: ExportLog) => void
  readonly remove: Deletions
  /** Tells what went wrong with an export that is no longer shown. */
  readonly failed: (message: string) => void
}

/** One of the exports made before, and what can be done with it. */
export function exportRow(first: ExportLog, session: Session, around: Around): ExportRow {
  let log = first
  const sentence = made('p', { className: 'export-sentence' })
  const { element: place, transfer } = transferPlace()
  const fault = newFault({ isBackground: true })
  const content = made('div', {})
  const element = made('li', {}, content)
  const named = (one: HTMLButtonElement) => {
    one.ariaLabel = `${one.textContent}: ${sentence.textContent}`
    return one
  }
  let downloads = 0

  const kinds = made('select', { ariaLabel: text('earlier.as') })
  const fetchFile = button(text('earlier.download'), () => undefined, 'small')
  onPress(fetchFile, () => session.run(fault, downloaded))
  const use = button(text('earlier.use'), () => around.use(log), 'small')
  const rename = button(text('earlier.rename'), showRename, 'quiet-button')
  const remove = button(text('earlier.delete'), removed, 'quiet-button')

  async function downloaded(): Promise<void> {
    const kind = fileKind(kinds.value)
    if (!kind) return
    downloads += 1
    try {
      await transfer(session, fetchFile, {
        link: async (signal) => fileLink(await loaded(signal), kind),
        name: () => {
          const at = keptFiles(log)[kind.id]?.produced_at
          const what = kind.isLabels ? 'labels' : 'contacts'
          const about = { filter: filterOf(log), title: titleOf(log) }
          return fileName(what, about, around.lists, at === undefined ? new Date() : new Date(at))
        },
        rows: () => Object.values(keptFiles(log)).at(0)?.rows,
      })
      log = await loaded(session.signal)
    } finally {
      downloads -= 1
    }
    show()
  }

  /** A signed link expires after a while, so the log is asked for anew. */
  async function loaded(signal: AbortSignal): Promise<ExportLog> {
    const path = { id: log.id }
    return answered(
      await session.api.GET('/api/v2/contacts/exports/{id}', { params: { path }, signal }),
    ).data
  }

  function showRename(): void {
    const form = renameForm(session, log, (newer) => {
      if (newer) log = newer
      form.element.remove()
      show()
      rename.focus()
    })
    sentence.after(form.element)
    form.focus()
  }

  function removed(): void {
    const undone = () => {
      element.replaceChildren(content)
      remove.focus()
    }
    const failed = (message: string) => {
      const hadFocus = element.contains(document.activeElement)
      element.replaceChildren(content)
      if (hadFocus) remove.focus()
      // Another page of exports may be shown by now.
      if (element.isConnected) fault.show(message)
      else around.failed(message)
    }
    fault.clear()
    const about = sentence.textContent
    const notice = around.remove.start(log.id, { about, undone, failed })
    element.replaceChildren(notice)
    notice.querySelector('button')?.focus()
  }

  function show(): void {
    sentence.textContent = exportSentence(log)
    const chosen = offeredKind(log)
    kinds.replaceChildren(...options(fileKinds.map((kind) => [kind.id, offerOf(kind.id)])))
    kinds.value = chosen?.id ?? ''
    for (const one of [use, fetchFile, rename, remove]) named(one)
    details.replaceWith((details = exportDetails(log)))
  }

  function offerOf(id: string): string {
    const kept = keptFiles(log)[id]
    const format = fileKind(id)?.title ?? id
    return kept
      ? text('earlier.kept', { format, time: momentForm(kept.produced_at) })
      : text('earlier.anew', { format })
  }

  let details = exportDetails(log)
  content.append(
    sentence,
    made(
      'div',
      { className: 'row-actions' },
      use,
      made('span', { className: 'joined' }, kinds, fetchFile),
      rename,
      remove,
    ),
    place,
    fault.element,
    details,
  )
  show()
  return { element, isBusy: () => downloads > 0 || around.remove.isPending(log.id) }
}
