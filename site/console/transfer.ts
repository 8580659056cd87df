import { download, type Arrived } from './download.ts'
import type { Session } from './session.ts'
import { counted, size } from './words.ts'

/** People who hear the page are told no more often than this how far it is. */
const TELL_MILLISECONDS = 1000

type Transfer = {
  /** Tells how far it is. */
  readonly status: HTMLElement
  /** Is shown while the download can be cancelled. */
  readonly cancel: HTMLButtonElement
  /** Has the focus afterwards when `cancel` had it. */
  readonly pressed: HTMLElement
}

/**
 * Downloads a file. It ends when the user cancels it, or the session ends.
 *
 * @param linkOf asks the service for the signed link to the file
 * @throws Refusal when there is no file
 */
export async function transfer(
  session: Session,
  { status, cancel, pressed }: Transfer,
  linkOf: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const stop = new AbortController()
  const signal = AbortSignal.any([session.signal, stop.signal])
  let last: Arrived | undefined
  const timer = setInterval(() => {
    if (last) status.textContent = `${told(last)} so far`
  }, TELL_MILLISECONDS)
  const abort = () => stop.abort()
  cancel.addEventListener('click', abort)
  cancel.hidden = false
  status.textContent = 'Asking for the file …'
  try {
    await download(await linkOf(signal), signal, (sum) => {
      last = sum
    })
    status.textContent = `${last ? told(last) : size(0)}: the file is in your downloads.`
  } catch (error) {
    status.textContent = stop.signal.aborted ? 'Cancelled: no file was saved.' : ''
    if (!stop.signal.aborted) throw error
  } finally {
    clearInterval(timer)
    cancel.removeEventListener('click', abort)
    if (document.activeElement === cancel) pressed.focus()
    cancel.hidden = true
  }
}

const told = ({ bytes, rows }: Arrived): string =>
  rows === undefined ? size(bytes) : `${counted(rows, 'row', 'rows')}, ${size(bytes)}`
