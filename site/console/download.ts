import { made } from './dom.ts'
import { Refusal } from './refusal.ts'

/** How much of a file has arrived. Only CSV tells its rows on the way. */
export type Arrived = { readonly bytes: number; readonly rows: number | undefined }

/**
 * Fetches a file by its signed link, and has the browser save it once it is whole. The bytes go
 * into a Blob, which every browser can save, and which browsers move to disk when it is large.
 *
 * @throws Refusal when the service does not give the file, or the transfer breaks
 */
export async function download(
  link: string,
  signal: AbortSignal,
  arrived: (sum: Arrived) => void,
): Promise<void> {
  const response = await fetch(link, { signal })
  if (!response.ok) {
    throw Refusal.of(response.status, await response.json().catch(() => undefined))
  }
  const type = response.headers.get('Content-Type') ?? ''
  const counted = response.body?.pipeThrough(counter(type.startsWith('text/csv'), arrived))
  const whole = new Response(counted ?? null, { headers: { 'Content-Type': type } }).blob()
  const blob = await whole.catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new Refusal('The download broke off, and no file was saved. Try again.')
  })
  signal.throwIfAborted()
  save(blob, nameIn(response.headers.get('Content-Disposition') ?? '') ?? 'contacts')
}

const nameIn = (disposition: string): string | undefined =>
  /filename="([^"]+)"/.exec(disposition)?.[1]

/** Lets the bytes pass and tells of them. */
function counter(isCsv: boolean, arrived: (sum: Arrived) => void) {
  let bytes = 0
  const rows = isCsv ? recordCounter() : () => undefined
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      arrived({ bytes, rows: rows(chunk) })
      controller.enqueue(chunk)
    },
  })
}

const QUOTE = 0x22
const LINE_FEED = 0x0a

/**
 * Counts the records of CSV after the first, the headings: line ends in quotes end none (RFC 4180).
 */
function recordCounter(): (chunk: Uint8Array) => number {
  let lines = 0
  let isQuoted = false
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === LINE_FEED && !isQuoted) lines += 1
    }
    return Math.max(0, lines - 1)
  }
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  made('a', { href: url, download: name }).click()
  // The browser takes the Blob when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
