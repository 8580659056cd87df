import { made } from '../page/dom.ts'
import { Refusal } from '../page/refusal.ts'
import { text } from '../texts/texts.ts'
import { recordCounter } from './record-counter.ts'

/** How much of a file has arrived. Only CSV tells its rows on the way. */
export type Arrived = {
  readonly bytes: number
  readonly rows: number | undefined
  /** The bytes of the whole, where the service knows them: of a kept file. */
  readonly ofBytes: number | undefined
}

/**
 * Fetches a file by its signed link, and has the browser save it once it is whole. The bytes go
 * into a Blob, which every browser can save, and which browsers move to disk when it is large.
 *
 * @param name what the file is called, without its extension
 * @returns the name of the file and its bytes
 * @throws Refusal when the service does not give the file, or the transfer breaks
 */
export async function download(
  link: string,
  name: string,
  signal: AbortSignal,
  arrived: (sum: Arrived) => void,
): Promise<{ readonly name: string; readonly bytes: number }> {
  const response = await fetch(link, { signal })
  if (!response.ok) {
    throw Refusal.of(response.status, await response.json().catch(() => undefined))
  }
  const { headers, body } = response
  const type = headers.get('Content-Type') ?? ''
  const length = Number(headers.get('Content-Length') ?? NaN)
  const ofBytes = headers.has('Content-Encoding') || !(length > 0) ? undefined : length
  const counted = body?.pipeThrough(counter(type.startsWith('text/csv'), ofBytes, arrived))
  const whole = new Response(counted ?? null, { headers: { 'Content-Type': type } }).blob()
  const blob = await whole.catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new Refusal(text('export.broken'))
  })
  signal.throwIfAborted()
  const extension = /\.(\w+)$/.exec(new URL(link).pathname)?.[0] ?? ''
  save(blob, `${name}${extension}`)
  return { name: `${name}${extension}`, bytes: blob.size }
}

/** Lets the bytes pass and tells of them. */
function counter(isCsv: boolean, ofBytes: number | undefined, arrived: (sum: Arrived) => void) {
  let bytes = 0
  const rows = isCsv ? recordCounter() : () => undefined
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      arrived({ bytes, rows: rows(chunk), ofBytes })
      controller.enqueue(chunk)
    },
  })
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  made('a', { href: url, download: name }).click()
  // The browser takes the Blob when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
