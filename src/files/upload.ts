import { logError } from '../log.ts'

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
 * memory. A fault of R2 is logged, and from then on nothing is uploaded: the bytes have a client to reach all the same.
 *
 * @param started told of a multipart upload before its first part, because R2 cannot list those that stay open
 */
export function upload(
  bucket: R2Bucket,
  key: string,
  contentType: string,
  started: (uploadId: string) => Promise<unknown>,
): Upload {
  const options = { httpMetadata: { contentType } }
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
      logError('file_not_kept', error, { key })
      return undefined
    }
  }

  const uploadPart = async (): Promise<void> => {
    if (!multipart) {
      multipart = await tolerantly(() => bucket.createMultipartUpload(key, options))
      if (multipart) await started(multipart.uploadId)
    }
    const current = multipart
    const done =
      current &&
      (await tolerantly(() => current.uploadPart(parts.length + 1, part.subarray(0, filled))))
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
        return current
          ? current.complete(parts)
          : bucket.put(key, part.subarray(0, filled), options)
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
    await multipart.abort()
    return true
  } catch (error) {
    if (error instanceof Error && error.message.includes(NO_SUCH_UPLOAD)) return true
    logError('upload_left_open', error, { key: multipart.key })
    return false
  }
}

/** How R2 numbers "The specified multipart upload does not exist." */
const NO_SUCH_UPLOAD = '(10024)'
