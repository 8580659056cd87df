import { createHash } from 'node:crypto'
import type { Database } from '../db/client.ts'
import { storedTime } from '../db/stored-time.ts'
import {
  noteUpload,
  objectKey,
  recordKeptFile,
  releaseClaim,
  type FileName,
} from './file-records.ts'
import { abortUpload, upload } from './upload.ts'

/** A production that may keep its file, because it holds the claim. */
export type Keeping = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly name: FileName
  readonly claim: string
  /** An upload that an earlier production has left open. */
  readonly abandonedUploadId: string | null
  readonly contentType: string
  /** What is in the file; asked when all of it has passed. */
  readonly contents: () => FileContents
}

export type FileContents = { readonly rows: number; readonly accountListIds: readonly string[] }

/**
 * Passes the bytes of a file on and puts them into R2 as they pass. When the last has passed, the object is complete and
 * its record written before this ends. A fault of R2 only means that the file is not kept; a fault of D1 breaks the
 * transfer; whoever stops half-way leaves nothing behind.
 */
export async function* keepFile(
  chunks: AsyncIterable<Uint8Array>,
  { database, bucket, name, claim, abandonedUploadId, contentType, contents }: Keeping,
): AsyncGenerator<Uint8Array> {
  const key = objectKey(name)
  const note = (uploadId: string | null) => noteUpload(database, name, claim, uploadId)
  const object = upload(bucket, key, contentType, note)
  const digest = createHash('sha256')
  let bytes = 0
  let recorded = false
  try {
    if (abandonedUploadId !== null) {
      await abortUpload(bucket.resumeMultipartUpload(key, abandonedUploadId), key)
    }
    for await (const chunk of chunks) {
      digest.update(chunk)
      bytes += chunk.length
      await object.write(chunk)
      yield chunk
    }
    const version = await object.complete()
    if (version !== undefined) {
      const sha256 = digest.digest('hex')
      const producedAt = storedTime(new Date())
      const file = { ...contents(), version, bytes, sha256, producedAt }
      await recordKeptFile(database, name, claim, file)
      recorded = true
    }
  } finally {
    if (!recorded) {
      if (await object.abort()) await note(null)
      await releaseClaim(database, name, claim)
    }
  }
}
