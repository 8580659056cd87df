import { logError } from '../log.ts'

/** R2 wants parts of at least 5 MiB, all of one size but the last. */
const PART_BYTES = 5 * 1024 * 1024

/** An object on its way into R2: nothing is there before `complete`. */
export type Upload = {
  readonly write: (chunk: Uint8Array) => Promise<void>
  /** @returns the version that R2 gave to the object; `undefined` when it could not be kept */
  readonly complete: () => Promise<string | undefined>
  /** @returns whether R2 holds nothing of it any more */
  readonly abort: () => Promise<boolean>
}

/**
 * Uploads an object of unknown size: one `put` when it is smaller than a part, else parts as the bytes come, one of them in
 * memory. A fault of R2 is logged, and from then on nothing is uploaded: the bytes have a client to reach all the same.
 *
 * @param started told of a multipart upload before its first part, because R2 cannot list those that stay open; it says
 *   whether the upload may go on
 */
export function upload(
  bucket: R2Bucket,
  key: string,
  contentType: string,
  started: (uploadId: string) => Promise<boolean>,
): Upload {
  const options = { httpMetadata: { contentType } }
  const part = new Uint8Array(PART_BYTES)
  const parts: R2UploadedPart[] = []
  let filled = 0
  let multipart: R2MultipartUpload | undefined
  let open = true

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
      if (multipart && !(await started(multipart.uploadId))) open = false
    }
    const current = multipart
    const done =
      current &&
      (await tolerantly(() => current.uploadPart(parts.length + 1, part.subarray(0, filled))))
    if (done) parts.push(done)
    filled = 0
  }

  return {
    async write(chunk) {
      if (!open) return
      for (let from = 0; from < chunk.length;) {
        const piece = chunk.subarray(from, from + PART_BYTES - filled)
        part.set(piece, filled)
        filled += piece.length
        from += piece.length
        if (filled === PART_BYTES) await uploadPart()
      }
    },

    async complete() {
      if (multipart && filled > 0) await uploadPart()
      const current = multipart
      const object = await tolerantly(() =>
        current ? current.complete(parts) : bucket.put(key, part.subarray(0, filled), options),
      )
      return object?.version
    },

    abort: () => (multipart ? abortUpload(multipart, key) : Promise.resolve(true)),
  }
}

/** Aborts a multipart upload; one that R2 does not have is as good as aborted, and so said by R2. */
export async function abortUpload(multipart: R2MultipartUpload, key: string): Promise<boolean> {
  try {
    await multipart.abort()
    return true
  } catch (error) {
    logError('upload_left_open', error, { key })
    return false
  }
}
