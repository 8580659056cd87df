import {
  answered,
  Refusal,
  type Api,
  type ExportLog,
  type Filter,
  type Format,
  type Kind,
} from './api.ts'
import { made } from './dom.ts'

/** How much of a file has arrived. Only CSV tells its rows on the way. */
export type Arrived = { readonly bytes: number; readonly rows: number | undefined }

const PATHS = {
  contacts: '/api/v2/contacts/exports',
  mailing: '/api/v2/contacts/exports/mailing',
} as const

/** Makes a log. */
export async function makeLog(api: Api, kind: Kind, filter: Filter): Promise<ExportLog> {
  const body = { data: { type: 'export_logs' as const, attributes: { params: { filter } } } }
  return answered(await api.POST(PATHS[kind], { body })).data
}

/**
 * Fetches the file of a log by its signed link, and has the browser save it once it is whole. The bytes go into a Blob, which
 * every browser can save, and which large ones are put to disk for.
 */
export async function download(
  { links }: ExportLog,
  format: Format,
  signal: AbortSignal,
  arrived: (sum: Arrived) => void,
): Promise<void> {
  const response = await fetch(links[format], { signal })
  if (!response.ok || !response.body) throw new Refusal(response.status, undefined)
  const counted = response.body.pipeThrough(counter(format, arrived))
  const type = response.headers.get('Content-Type') ?? ''
  const blob = await new Response(counted, { headers: { 'Content-Type': type } }).blob()
  save(blob, nameIn(response.headers.get('Content-Disposition') ?? '') ?? `contacts.${format}`)
}

const nameIn = (disposition: string): string | undefined =>
  /filename="([^"]+)"/.exec(disposition)?.[1]

/** Lets the bytes pass and tells of them. */
function counter(format: Format, arrived: (sum: Arrived) => void) {
  let bytes = 0
  const rows = format === 'csv' ? recordCounter() : () => undefined
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

/** Counts the records of CSV after its first, the headings: line ends in quotes end none (RFC 4180). */
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
