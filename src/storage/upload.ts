import { logError } from '../log.ts'
import { retry } from '../retry.ts'

/** R2 wants parts of at least 5 MiB, all of one size but the last. */
const PART_BYTES = 5 * 1024 * 1024

/** A part starts as small as most files are, and grows. */
const FIRST_BYTES = 64 * 1024

/** An object on its way into R2: nothing is there before `complete`. */
export type Upload = {
  /** Takes a chunk in and passes it on, piece by piece: what fills a part leaves before that is uploaded. */
  readonly pass: (chunk: Uint8Array) => AsyncGenerator<Uint8Array>
  /** @returns the version that R2 gave to the object; `undefined` when it could not be kept */
  readonly complete: () => Promise<string | undefined>
  /** Whether R2 may have the object, because it was told to. */
  readonly mayExist: () => boolean
  /** The multipart upload, if there is one. */
  readonly multipart: () => R2MultipartUpload | undefined
}

/**
 * Uploads an object of unknown size: one `put` when it is smaller than a part, else parts as the bytes come, one of them in
 * memory. Transient faults of R2 are retried. One that stays is logged, and from then on nothing is uploaded: the bytes have
 * a client to reach all the same.
 *
 * @param about the object: `mark` is random, and tells it from any other under this key
 * @param started told of a multipart upload before its first part, because R2 cannot list those that stay open. Where it
 *   throws, nothing is uploaded.
 */
export function upload(
  bucket: R2Bucket,
  key: string,
  { contentType, mark }: { readonly contentType: string; readonly mark: string },
  started: (uploadId: string) => Promise<unknown>,
): Upload {
  const options = { httpMetadata: { contentType }, customMetadata: { mark } }
  const parts: R2UploadedPart[] = []
  let part: Uint8Array = new Uint8Array(FIRST_BYTES)
  let filled = 0
  let multipart: R2MultipartUpload | undefined
  let open = true
  let completing = false

  const tolerantly = async <Result>(call: () => Promise<Result>): Promise<Result | undefined> => {
    if (!open) return undefined
    try {
      return await call()
    } catch (error) {
      open = false
      part = new Uint8Array(0)
      logError('file_not_kept', error, { key })
      return undefined
    }
  }

  /** R2 does not know an upload that it has completed: then the response of an attempt before this one was lost. */
  const completed = async (current: R2MultipartUpload): Promise<R2Object> => {
    try {
      return await current.complete(parts)
    } catch (error) {
      const object = isNoSuchUpload(error) ? await bucket.head(key) : null
      if (object?.customMetadata?.['mark'] !== mark) throw error
      return object
    }
  }

  const uploadPart = async (): Promise<void> => {
    if (!multipart) {
      // Of an attempt whose response was lost an upload stays open, of which nobody knows: R2 aborts it after seven days.
      const opened = await tolerantly(() => retry(() => bucket.createMultipartUpload(key, options)))
      multipart = opened
      if (opened) await tolerantly(() => started(opened.uploadId))
    }
    const current = multipart
    const bytes = part.subarray(0, filled)
    const done =
      current && (await tolerantly(() => retry(() => current.uploadPart(parts.length + 1, bytes))))
    if (done) parts.push(done)
    filled = 0
  }

  return {
    async *pass(chunk) {
      for (let from = 0; from < chunk.length;) {
        if (!open) {
          yield chunk.subarray(from)
          return
        }
        const piece = chunk.subarray(from, from + PART_BYTES - filled)
        part = withRoom(part, filled, filled + piece.length)
        part.set(piece, filled)
        filled += piece.length
        from += piece.length
        yield piece
        if (filled === PART_BYTES) await uploadPart()
      }
    },

    async complete() {
      if (multipart && filled > 0) await uploadPart()
      const current = multipart
      const object = await tolerantly(() => {
        completing = true
        return retry(() =>
          current ? completed(current) : bucket.put(key, part.subarray(0, filled), options),
        )
      })
      return object?.version
    },

    mayExist: () => completing,
    multipart: () => multipart,
  }
}

/** The part itself when it has room, else a longer one with the same beginning. */
function withRoom(part: Uint8Array, filled: number, wanted: number): Uint8Array {
  if (wanted <= part.length) return part
  const longer = new Uint8Array(Math.min(Math.max(2 * part.length, wanted), PART_BYTES))
  longer.set(part.subarray(0, filled))
  return longer
}

/** Aborts a multipart upload; one that R2 does not have is as good as aborted. @returns whether R2 holds it no more */
export async function abortUpload(multipart: R2MultipartUpload): Promise<boolean> {
  try {
    await retry(() => multipart.abort())
    return true
  } catch (error) {
    if (isNoSuchUpload(error)) return true
    logError('upload_left_open', error, { key: multipart.key })
    return false
  }
}

/** R2's number for "The specified multipart upload does not exist." */
const isNoSuchUpload = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('(10024)')
