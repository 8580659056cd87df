import { answered, type ExportLog, type Filter, type Kind } from './api.ts'
import { element, made as madeElement } from './dom.ts'
import { faultAt } from './fault.ts'
import { fileLink, type FileChoice } from './file-choice.ts'
import { fileFormats } from './file-formats.ts'
import type { Session } from './session.ts'
import { transfer } from './transfer.ts'

const PATHS = {
  contacts: '/api/v2/contacts/exports',
  mailing: '/api/v2/contacts/exports/mailing',
} as const

type Around = {
  /** What is to be exported. */
  readonly filter: () => Filter
  /** Is called when there is a new export, whether its file has arrived or not. */
  readonly made: () => void
}

/** Makes an export and downloads its file when one of the buttons is pressed, one at a time. */
export function exportForm(root: ParentNode, session: Session, { filter, made }: Around): void {
  const form = element(root, 'export', HTMLFormElement)
  const cancel = element(form, 'cancel', HTMLButtonElement)
  const progress = element(root, 'progress', HTMLProgressElement)
  const status = element(root, 'arrived', HTMLParagraphElement)
  const fault = faultAt(element(root, 'export-fault', HTMLParagraphElement))
  const buttons = fileFormats.map(({ extension, title }) =>
    madeElement('button', { type: 'submit', value: extension }, `Export as ${title}`),
  )
  let isBusy = false

  cancel.before(...buttons)

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const pressed = buttons.find((button) => button === event.submitter) ?? buttons[0]
    if (isBusy || !pressed) return
    const choices = new FormData(form)
    const kind = choices.get('kind') === 'mailing' ? 'mailing' : 'contacts'
    const format = fileFormats.find(({ extension }) => extension === pressed.value)
    const variant = format?.variants.find(({ name }) => choices.has(name))?.name
    const choice = { extension: pressed.value, variant }
    setBusy(true)
    void session.run(fault, () => exported(kind, choice, pressed)).finally(() => setBusy(false))
  })

  async function exported(kind: Kind, choice: FileChoice, pressed: HTMLElement): Promise<void> {
    let log: ExportLog | undefined
    try {
      await transfer(session, { status, cancel, pressed }, async (signal) => {
        log = await makeLog(session, kind, filter(), signal)
        return fileLink(log, choice)
      })
    } finally {
      if (log && !session.signal.aborted) made()
    }
  }

  function setBusy(value: boolean): void {
    isBusy = value
    progress.hidden = !value
    for (const button of buttons) button.ariaDisabled = value ? 'true' : null
  }
}

async function makeLog(
  { api }: Session,
  kind: Kind,
  filter: Filter,
  signal: AbortSignal,
): Promise<ExportLog> {
  const body = { data: { type: 'export_logs' as const, attributes: { params: { filter } } } }
  return answered(await api.POST(PATHS[kind], { body, signal })).data
}
