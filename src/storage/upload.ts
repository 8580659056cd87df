import { logError } from '../log.ts'
import { retry } from '../retry.ts'

/** R2 requires parts of at least 5 MiB that have one size, except for the last. */
const PART_BYTES = 5 * 1024 * 1024

/** The buffer of a part starts at the size of most files and grows. */
const FIRST_BYTES = 64 * 1024

/** An object that is being uploaded. R2 does not have it before `complete`. */
export type Upload = {
  /**
   * Yields a chunk in pieces. The piece that fills a part is yielded before the part is uploaded,
   * and the part is uploaded while the next one is filled.
   */
  readonly pass: (chunk: Uint8Array) => AsyncGenerator<Uint8Array>
  /**
   * @returns the version that R2 assigned to the object; `undefined` when it could not be stored
   */
  readonly complete: () => Promise<string | undefined>
  /** Whether R2 may have the object, because `complete` was called. */
  readonly mayExist: () => boolean
  /** The multipart upload, if there is one, when no part of it is being uploaded. */
  readonly multipart: () => Promise<R2MultipartUpload | undefined>
}

/**
 * Uploads an object of unknown size: by one `put` when it is smaller than a part, otherwise in
 * parts. Two parts are in memory: one is filled while the other one is uploaded. Transient faults of
 * R2 are retried. A fault that persists is logged and ends the upload, while the bytes still go to
 * the client.
 *
 * @param about the object; `mark` is random and distinguishes it from others under the same key
 * @param opened called with the id of a multipart upload before its first part, because R2 cannot
 *   list open uploads. When it throws, nothing is uploaded.
 */
export function upload(
  bucket: R2Bucket,
  key: string,
  { contentType, mark }: { readonly contentType: string; readonly mark: string },
  opened: (uploadId: string) => Promise<unknown>,
): Upload {
  const options = { httpMetadata: { contentType }, customMetadata: { mark } }
  const parts: R2UploadedPart[] = []
  let part: Uint8Array = new Uint8Array(FIRST_BYTES)
  /** The buffer of the part before, which is free when that part is uploaded. */
  let spare: Uint8Array | undefined
  let filled = 0
  let started = 0
  let opening: Promise<R2MultipartUpload | undefined> | undefined
  /** Never rejects. */
  let uploading: Promise<void> = Promise.resolve()
  let open = true
  let completing = false

  const tolerantly = async <Result>(call: () => Promise<Result>): Promise<Result | undefined> => {
    if (!open) return undefined
    try {
      return await call()
    } catch (error) {
      open = false
      part = new Uint8Array(0)
      spare = undefined
      logError('file_not_kept', error, { key })
      return undefined
    }
  }

  /**
   * R2 no longer knows an upload after its completion. In that case the response of an earlier
   * attempt was lost.
   */
  const completed = async (current: R2MultipartUpload): Promise<R2Object> => {
    try {
      return await current.complete(parts)
    } catch (error) {
      const object = isNoSuchUpload(error) ? await bucket.head(key) : null
      if (object?.customMetadata?.['mark'] !== mark) throw error
      return object
    }
  }

  /**
   * When the response of an attempt was lost, its upload stays open unrecorded. R2 aborts it after
   * seven days.
   */
  const openMultipart = async (): Promise<R2MultipartUpload | undefined> => {
    const multipart = await tolerantly(() =>
      retry(() => bucket.createMultipartUpload(key, options)),
    )
    if (multipart) await tolerantly(() => opened(multipart.uploadId))
    return multipart
  }

  /** Uploads what is filled, and gives the other buffer to what follows. */
  const uploadPart = async (): Promise<void> => {
    started += 1
    const number = started
    const bytes = part.subarray(0, filled)
    const full = part
    part = spare ?? new Uint8Array(PART_BYTES)
    spare = full
    filled = 0
    opening ??= openMultipart()
    const current = await opening
    const done = current && (await tolerantly(() => retry(() => current.uploadPart(number, bytes))))
    if (done) parts[number - 1] = done
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
        if (filled === PART_BYTES) {
          await uploading
          uploading = uploadPart()
        }
      }
    },

    async complete() {
      if (opening && filled > 0) await Promise.all([uploading, uploadPart()])
      await uploading
      const current = await opening
      const object = await tolerantly(() => {
        completing = true
        return retry(() =>
          current ? completed(current) : bucket.put(key, part.subarray(0, filled), options),
        )
      })
      return object?.version
    },

    mayExist: () => completing,
    async multipart() {
      await uploading
      return opening
    },
  }
}

/** The buffer itself when it is large enough, otherwise a larger copy. */
function withRoom(part: Uint8Array, filled: number, wanted: number): Uint8Array {
  if (wanted <= part.length) return part
  const longer = new Uint8Array(Math.min(Math.max(2 * part.length, wanted), PART_BYTES))
  longer.set(part.subarray(0, filled))
  return longer
}

/**
 * Aborts a multipart upload. One that R2 does not know counts as aborted.
 *
 * @returns whether R2 no longer holds it
 */
export async function abortUpload(multipart: R2MultipartUpload): Promise<boolean> {
  try {
    await retry(() => multipart.abort())
    return true
  } catch (error) {
    if (isNoSuchUpload(error)) return true
    logError('upload_not_aborted', error, { key: multipart.key })
    return false
  }
}

/** R2's number for "The specified multipart upload does not exist." */
const isNoSuchUpload = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('(10024)')
