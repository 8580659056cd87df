import type { Api, Format, Kind } from './api.ts'
import { element } from './dom.ts'
import { download, makeLog, type Arrived } from './download.ts'
import { currentFilter } from './filter-form.ts'
import { counted, size } from './words.ts'

/** People who hear the page are told no more often than this how far it is. */
const TELL_MILLISECONDS = 1000

const form = element('export', HTMLFormElement)
const cancel = element('cancel', HTMLButtonElement)
const progress = element('progress', HTMLProgressElement)
const arrived = element('arrived', HTMLParagraphElement)

/** Makes a file when one of the buttons is pressed. Only one is made at a time. */
export function onExport(run: (work: (api: Api) => Promise<void>) => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const { submitter } = event
    const format =
      submitter instanceof HTMLButtonElement && submitter.value === 'xlsx' ? 'xlsx' : 'csv'
    const kind = new FormData(form).get('kind') === 'mailing' ? 'mailing' : 'contacts'
    run((api) => exported(api, kind, format))
  })
}

async function exported(api: Api, kind: Kind, format: Format): Promise<void> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  cancel.addEventListener('click', abort)
  setBusy(true)
  try {
    arrived.textContent = 'Asking for the file …'
    const log = await makeLog(api, kind, currentFilter())
    let last: Arrived = { bytes: 0, rows: undefined }
    const timer = setInterval(() => {
      arrived.textContent = `${told(last)} so far`
    }, TELL_MILLISECONDS)
    await download(log, format, stop.signal, (sum) => {
      last = sum
    }).finally(() => clearInterval(timer))
    arrived.textContent = `${told(last)}: the file is in your downloads.`
  } catch (error) {
    arrived.textContent = stop.signal.aborted ? 'Cancelled: no file was saved.' : ''
    if (!stop.signal.aborted) throw error
  } finally {
    cancel.removeEventListener('click', abort)
    setBusy(false)
  }
}

const told = ({ bytes, rows }: Arrived): string =>
  rows === undefined ? size(bytes) : `${counted(rows, 'row', 'rows')}, ${size(bytes)}`

function setBusy(isBusy: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[type=submit]')) {
    button.disabled = isBusy
  }
  progress.hidden = !isBusy
  cancel.hidden = !isBusy
  if (isBusy) cancel.focus()
  else if (document.activeElement === document.body) form.querySelector('button')?.focus()
}
