import { answered, type ExportLog } from './api.ts'
import { deleteLog } from './earlier/delete-log.ts'
import { fileKind } from './file/file-formats.ts'
import { fileLink } from './file/file-link.ts'
import { fileName } from './file/file-name.ts'
import { transferPlace } from './file/transfer.ts'
import type { AccountLists } from './filter/account-lists.ts'
import { fileParams, type FormState } from './form-state.ts'
import { button, made } from './page/dom.ts'
import { newFault } from './page/fault.ts'
import type { Session } from './session.ts'
import { text } from './texts/texts.ts'

const PATHS = {
  contacts: '/api/v2/contacts/exports',
  mailing: '/api/v2/contacts/exports/mailing',
} as const

type Around = {
  readonly state: () => FormState
  /** How many contacts the preview has counted; `undefined` while it counts. */
  readonly total: () => number | undefined
  readonly lists: AccountLists
  /** Is called when there is a new export, whether its file has arrived or not. */
  readonly made: () => void
}

/** The button that makes an export and downloads its file, and what is told of that. */
export function exportAction(session: Session, around: Around) {
  const { state, total, lists } = around
  const press = button('', () => start(false), 'primary')
  const { element: place, transfer } = transferPlace()
  const fault = newFault()
  const warning = made('div', { className: 'warning', role: 'alert', hidden: true })
  let isBusy = false

  function start(isSure: boolean): void {
    if (isBusy) return
    if (!isSure && total() === 0) return warn()
    warning.hidden = true
    setBusy(true)
    void session.run(fault, exported).finally(() => setBusy(false))
  }

  /** An empty file is hardly ever what somebody wants. */
  function warn(): void {
    const kind = fileKind(state().file.kind)
    const told = text(kind?.isLabels ? 'export.emptyLabels' : 'export.empty')
    warning.replaceChildren(
      told,
      ' ',
      button(text('export.anyway'), () => start(true)),
    )
    warning.hidden = false
  }

  async function exported(): Promise<void> {
    const chosen = state()
    const kind = fileKind(chosen.file.kind)
    if (!kind) return
    const rows = total()
    let making: Promise<ExportLog> | undefined
    try {
      const isSaved = await transfer(session, press, {
        link: async (signal) => {
          making = makeLog(session, chosen)
          return fileLink(await unlessAborted(making, signal), kind)
        },
        name: () => fileName(kind.isLabels ? 'labels' : 'contacts', chosen, lists),
        rows: () => rows,
      })
      if (!isSaved && making) void discard(making)
    } finally {
      if (making && !session.signal.aborted) around.made()
    }
  }

  /** An export that was cancelled is not to be found among the earlier ones. */
  async function discard(making: Promise<ExportLog>): Promise<void> {
    await making.then(({ id }) => deleteLog(session, id)).catch(() => undefined)
    if (!session.signal.aborted) around.made()
  }

  function setBusy(value: boolean): void {
    isBusy = value
    press.ariaDisabled = value ? 'true' : null
  }

  function show(): void {
    warning.hidden = true
    press.textContent = text('export.button', { format: fileKind(state().file.kind)?.title ?? '' })
  }

  return { press, element: made('div', {}, place, warning, fault.element), show }
}

/** The kind of file is kept with the log, so that it can be made again as it was. */
async function makeLog({ api }: Session, { filter, file }: FormState): Promise<ExportLog> {
  const params = { filter, ...fileParams(file), format: file.kind }
  const body = { data: { type: 'export_logs' as const, attributes: { params } } }
  const path = PATHS[file.columns === 'mailing' ? 'mailing' : 'contacts']
  return answered(await api.POST(path, { body })).data
}

/**
 * The result of a task, unless the signal is aborted before it is there. The task goes on: of an
 * export that was made in vain the id has to be known.
 */
function unlessAborted<Result>(task: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return Promise.race([task, promise])
}
