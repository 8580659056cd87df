import { Buffer } from 'node:buffer'
import { logError } from '../log.ts'
import { retry } from '../retry.ts'
import { objectKey, type FileName } from './object-key.ts'
import type { KeptFile } from './kept-file.ts'
import { requestedPart, type RequestedPart } from '../http/requested-part.ts'

/** The response to a request for a kept file. 412 and 416 are errors and have no body here. */
export type ServedFile =
  | { readonly status: 200 | 206; readonly headers: FileHeaders; readonly body: FileBody }
  | { readonly status: 304; readonly headers: FileHeaders; readonly body: null }
  | { readonly status: 412 }
  | { readonly status: 416; readonly headers: FileHeaders }

type FileHeaders = Readonly<Record<string, string>>

/** `null` for a `HEAD`. */
type FileBody = ReadableStream<Uint8Array> | null

/**
 * Why a kept file is not served: `gone` when R2 does not have the object of the record,
 * `unreadable` when R2 failed, so that the object may still exist.
 */
type NotServed = 'gone' | 'unreadable'

/** What decides which part of a file a request gets. */
type FileRequest = { readonly method: string; readonly headers: Headers }

/**
 * A kept file as requested: the whole file, a range, or 304 when the client has it already.
 * Transient faults of R2 are retried.
 */
export async function serveKeptFile(
  bucket: R2Bucket,
  name: FileName,
  file: KeptFile,
  { method, headers }: FileRequest,
): Promise<ServedFile | NotServed> {
  const etag = `"${file.sha256}"`
  const { bytes, producedAt, sha256 } = file
  const part = requestedPart(method, headers, { etag, bytes, lastModified: new Date(producedAt) })
  const body = await partOfObject(bucket, name, file, method === 'HEAD', part)
  if (body === 'gone' || body === 'unreadable') return body
  const about = {
    'Accept-Ranges': 'bytes',
    ETag: etag,
    'Last-Modified': new Date(producedAt).toUTCString(),
    'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
  }
  switch (part.status) {
    case 200:
      return { status: 200, headers: { ...about, 'Content-Length': String(bytes) }, body }
    case 206: {
      const { offset, length } = part
      const contentRange = `bytes ${offset}-${offset + length - 1}/${bytes}`
      const lengths = { 'Content-Length': String(length), 'Content-Range': contentRange }
      return { status: 206, headers: { ...about, ...lengths }, body }
    }
    case 304:
      return { status: 304, headers: about, body: null }
    case 412:
      return { status: 412 }
    case 416:
      return { status: 416, headers: { 'Content-Range': `bytes */${bytes}` } }
    default:
      return part satisfies never
  }
}

/** R2's number for "The requested range is not satisfiable." */
const INVALID_RANGE = '(10039)'

/** The bytes of a part; `null` for a response without a body. */
async function partOfObject(
  bucket: R2Bucket,
  name: FileName,
  { version }: KeptFile,
  isHead: boolean,
  part: RequestedPart,
): Promise<FileBody | NotServed> {
  const key = objectKey(name)
  try {
    if (isHead || (part.status !== 200 && part.status !== 206)) {
      const object = await retry(() => bucket.head(key))
      return object?.version === version ? null : 'gone'
    }
    const object = await retry(() =>
      part.status === 206
        ? bucket.get(key, { range: { offset: part.offset, length: part.length } })
        : bucket.get(key),
    )
    if (object?.version === version) return object.body
    await object?.body.cancel()
    return 'gone'
  } catch (error) {
    // The range is within the recorded file, so an object that is too short for it is another one.
    if (error instanceof Error && error.message.includes(INVALID_RANGE)) return 'gone'
    logError('kept_file_unreadable', error, { key })
    return 'unreadable'
  }
}
