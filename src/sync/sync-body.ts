import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { MIMEType } from 'node:util'
import {
  badRequest,
  contentTooLarge,
  unsupportedContentCoding,
  unsupportedMediaType,
  type HttpError,
} from '../http/errors.ts'
import { toReadableStream } from '../streams/to-readable-stream.ts'

export const NDJSON = 'application/x-ndjson'

/** The most bytes of a body as it is sent. */
const SENT_BYTES = 50_000_000

/** The most bytes of a body when it is decompressed: ten times as many. */
const PLAIN_BYTES = 10 * SENT_BYTES

/** A body is decompressed in pieces of this size, so that one piece becomes 16 MB at the most. */
const PIECE_BYTES = 16 * 1024

/** How long the rest of a body is read that nobody needs. */
const DISCARD_MILLISECONDS = 60_000

export type SyncBody = {
  /** The lines, decompressed. It errors when the body is too large or is not gzip. */
  readonly lines: ReadableStream<Uint8Array>
  /** Why `lines` has errored, if that was for the sender to change. */
  readonly fault: () => HttpError | undefined
}

/**
 * Checks the headers of a body of NDJSON.
 *
 * @returns opens the body as a stream that is read only as fast as its lines are; `progressed` is
 *   called when a part of the body has come
 * @throws HttpError 415 for another type or coding, 413 when its length says that it is too large
 */
export async function syncBody(
  request: Request,
): Promise<(progressed: () => Promise<void>) => SyncBody> {
  const { headers } = request
  if (!isNdjson(headers.get('Content-Type'))) {
    throw unsupportedMediaType(`The body must be ${NDJSON}: one JSON object a line.`)
  }
  const isCompressed = isGzip(headers.get('Content-Encoding'))
  if (Number(headers.get('Content-Length') ?? 0) > SENT_BYTES) {
    if (request.body) await discard(request.body.getReader())
    throw tooLarge()
  }
  return (progressed) => openBody(request, isCompressed, progressed)
}

function openBody(
  request: Request,
  isCompressed: boolean,
  progressed: () => Promise<void>,
): SyncBody {
  let fault: HttpError | undefined
  const refuse = (error: HttpError): HttpError => {
    fault ??= error
    return error
  }
  async function* sent(): AsyncGenerator<Uint8Array> {
    const reader = request.body?.getReader()
    let bytes = 0
    try {
      for (;;) {
        const { value } = (await reader?.read()) ?? {}
        if (!value) return
        bytes += value.byteLength
        if (bytes > SENT_BYTES) throw refuse(tooLarge())
        await progressed()
        yield value
      }
    } finally {
      if (reader) await discard(reader)
    }
  }
  const lines = isCompressed ? decompressed(sent(), refuse) : sent()
  return { lines: toReadableStream(lines, () => lines.return(undefined)), fault: () => fault }
}

/**
 * Reads the rest of a body for a while. A sender that is still sending when the response comes may
 * take it for a broken connection.
 */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const until = Date.now() + DISCARD_MILLISECONDS
  try {
    while (Date.now() < until && !(await reader.read()).done);
    await reader.cancel()
  } catch {
    // The connection is gone, and with it the body.
  }
}

/**
 * The bytes of a gzip stream. Unlike `DecompressionStream`, whose output is not bounded in workerd,
 * it decompresses only when it is read.
 */
async function* decompressed(
  sent: AsyncGenerator<Uint8Array>,
  refuse: (error: HttpError) => HttpError,
): AsyncGenerator<Uint8Array> {
  let sourceError: unknown
  async function* pieces() {
    try {
      for await (const chunk of sent) {
        for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
          yield chunk.subarray(from, from + PIECE_BYTES)
        }
      }
    } catch (error) {
      sourceError = error
      throw error
    }
  }
  const gunzip = createGunzip()
  pipeline(Readable.from(pieces(), { objectMode: false }), gunzip, () => undefined)
  let bytes = 0
  try {
    for await (const chunk of gunzip) {
      bytes += chunk.length
      if (bytes > PLAIN_BYTES) throw refuse(tooLargeWhenDecompressed())
      yield chunk
    }
  } catch (error) {
    if (sourceError !== undefined) throw sourceError
    throw isZlibError(error) ? refuse(notGzip()) : error
  } finally {
    gunzip.destroy()
  }
}

const tooLarge = () =>
  contentTooLarge(
    `The body has more than ${SENT_BYTES / 1_000_000} MB. Send the lines in several requests.`,
  )

const tooLargeWhenDecompressed = () =>
  contentTooLarge(
    `The body has more than ${PLAIN_BYTES / 1_000_000} MB when it is decompressed. ` +
      'Send the lines in several requests.',
  )

const notGzip = () =>
  badRequest({
    detail: 'The body is not a whole gzip stream, as its Content-Encoding says.',
    source: { header: 'Content-Encoding' },
  })

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(?:Z_|ERR_)/.test(String(error.code))

/** Whether a body is compressed by gzip. @throws HttpError 415 for another coding */
function isGzip(coding: string | null): boolean {
  const codings = (coding ?? '').split(',').map((one) => one.trim().toLowerCase())
  const given = codings.filter((one) => one !== '' && one !== 'identity')
  if (given.length === 0) return false
  if (given.length === 1 && (given[0] === 'gzip' || given[0] === 'x-gzip')) return true
  throw unsupportedContentCoding('The body must be compressed by gzip, or not at all.', 'gzip')
}

function isNdjson(contentType: string | null): boolean {
  const type = mimeType(contentType ?? '')
  return (
    type?.essence === NDJSON &&
    [...type.params].every(([name, value]) => name === 'charset' && value.toLowerCase() === 'utf-8')
  )
}

function mimeType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text)
  } catch {
    return undefined
  }
}
