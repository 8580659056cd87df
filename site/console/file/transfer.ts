import { button, made } from '../page/dom.ts'
import { durationForm, numberForm, sizeForm } from '../texts/forms.ts'
import { text } from '../texts/texts.ts'
import type { Session } from '../session.ts'
import { download, type Arrived } from './download.ts'

/** How often it is told how far a download is. */
const TELL_MILLISECONDS = 250

/** Before that an estimate would be wild. */
const ESTIMATE_SECONDS = 1.5

/** What a row takes in a file whose rows cannot be seen on the way. */
const USUAL_ROW_BYTES: Readonly<Record<string, number>> = { xlsx: 170, pdf: 180 }

type Task = {
  /** Asks the service for the signed link to the file. */
  readonly link: (signal: AbortSignal) => Promise<string>
  /** What the file is called, without its extension. */
  readonly name: () => string
  /** How many rows it will have, where that is known. */
  readonly rows: () => number | undefined
}

/** A place that shows how far a download is, and where it can be cancelled. */
export function transferPlace() {
  const progress = made('progress', { hidden: true, ariaLabel: text('export.progress') })
  const status = made('p', { className: 'status', role: 'status' })
  const cancel = button(text('export.cancel'), () => stop.abort(), 'quiet-button')
  cancel.hidden = true
  let stop = new AbortController()

  /**
   * Downloads a file. It ends when the user cancels it, or the session ends.
   *
   * @param pressed has the focus afterwards when `cancel` had it
   * @returns whether the file is saved: it is not when the user has cancelled the download
   * @throws Refusal when there is no file
   */
  async function transfer(session: Session, pressed: HTMLElement, task: Task): Promise<boolean> {
    stop = new AbortController()
    const cancelled = stop.signal
    const signal = AbortSignal.any([session.signal, cancelled])
    const began = performance.now()
    let last: Arrived | undefined
    const timer = setInterval(
      () => tell(last, (performance.now() - began) / 1000),
      TELL_MILLISECONDS,
    )
    cancel.hidden = false
    progress.hidden = false
    progress.removeAttribute('value')
    status.textContent = text('export.asking')
    let extension = ''

    function tell(sum: Arrived | undefined, seconds: number): void {
      if (!sum) return
      const total = task.rows()
      const share = shareOf(sum, total, extension)
      if (share !== undefined) progress.value = share
      status.textContent = [
        sum.rows !== undefined && total !== undefined
          ? text('export.rowsOf', { rows: numberForm(Math.min(sum.rows, total)), total })
          : undefined,
        sizeForm(sum.bytes),
        share !== undefined && seconds > ESTIMATE_SECONDS ? leftText(share, seconds) : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' · ')
    }

    try {
      const link = await task.link(signal)
      extension = /\.(\w+)$/.exec(new URL(link).pathname)?.[1] ?? ''
      const { name, bytes } = await download(link, task.name(), signal, (sum) => {
        last = sum
      })
      status.textContent = text('export.done', { name, size: sizeForm(bytes) })
      return true
    } catch (error) {
      status.textContent = cancelled.aborted ? text('export.cancelled') : ''
      if (!cancelled.aborted) throw error
      return false
    } finally {
      clearInterval(timer)
      if (document.activeElement === cancel) pressed.focus()
      cancel.hidden = true
      progress.hidden = true
    }
  }

  const element = made(
    'div',
    { className: 'transfer' },
    progress,
    made('div', { className: 'line' }, status, cancel),
  )
  return { element, transfer }
}

/** How much of the whole has arrived, from 0 to 1: by bytes or rows, or else as it usually is. */
function shareOf(
  { bytes, rows, ofBytes }: Arrived,
  total: number | undefined,
  extension: string,
): number | undefined {
  if (ofBytes !== undefined) return Math.min(1, bytes / ofBytes)
  if (total === undefined || total === 0) return undefined
  if (rows !== undefined) return Math.min(1, rows / total)
  const usual = USUAL_ROW_BYTES[extension]
  return usual === undefined ? undefined : Math.min(0.99, bytes / (usual * total))
}

const leftText = (share: number, seconds: number): string | undefined =>
  share >= 0.99
    ? text('export.almost')
    : text('export.left', { time: durationForm((seconds * (1 - share)) / Math.max(share, 0.01)) })
