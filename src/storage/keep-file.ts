import { createHash } from 'node:crypto'
import type { Database } from '../db/client.ts'
import { logError } from '../log.ts'
import { retry } from '../retry.ts'
import { forgetFile, releaseClaim, renewClaim, takeBackClaim } from './file-claims.ts'
import { forgetUpload, recordUpload } from './upload-records.ts'
import { recordKeptFile, type LabelCounts } from './record-kept-file.ts'
import { objectKey, type FileName } from './object-key.ts'
import type { Production } from './productions.ts'
import { abortUpload, upload } from './upload.ts'

/**
 * A claim that was made or renewed within this time is not renewed before the object is changed: it
 * is valid for two minutes.
 */
const YOUNG_CLAIM_MILLISECONDS = 60_000

/** A production that may keep its file because it holds the claim. */
export type Keeping = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly name: FileName
  /** Its id is the claim. */
  readonly production: Production
  /** When it was claimed, in milliseconds since 1970. */
  readonly claimedAt: number
  readonly contentType: string
  /** What is in the file. It is called after the last chunk. */
  readonly contents: () => FileContents
}

export type FileContents = {
  readonly rows: number
  readonly accountListIds: readonly string[]
  /** Of a file of labels. */
  readonly labels?: LabelCounts
}

/**
 * Yields the bytes of a file and uploads them to R2 at the same time. The object is complete and
 * its record is written before the generator returns. A fault of R2, or of D1 in a statement made
 * here, only means that the file is not kept. A fault of the source breaks the transfer. A
 * production that stops early leaves nothing behind.
 *
 * The object is changed only under the claim, which is renewed just before, unless it is young. So
 * a slow production whose claim has expired and been taken by another never overwrites or removes
 * the other's object.
 *
 * @returns whether the file is kept; if so, the record of its production is deleted, too
 */
export async function* keepFile(
  chunks: AsyncIterable<Uint8Array>,
  { database, bucket, name, production, claimedAt, contentType, contents }: Keeping,
): AsyncGenerator<Uint8Array, boolean> {
  const key = objectKey(name)
  const claim = production.id
  const object = upload(bucket, key, { contentType, mark: claim }, (id) =>
    database.retry(() => recordUpload(database, name, id)),
  )
  const digest = createHash('sha256')
  let bytes = 0
  let version: string | undefined
  let kept = false

  const keep = async (): Promise<boolean> => {
    try {
      const isYoung = Date.now() - claimedAt < YOUNG_CLAIM_MILLISECONDS
      if (!isYoung && !(await database.retry(() => renewClaim(database, name, claim)))) return false
      version = await object.complete()
      if (version === undefined) return false
      const file = { ...contents(), version, bytes, sha256: digest.digest('hex') }
      const uploadId = (await object.multipart())?.uploadId
      return await database.retry(() => recordKeptFile(database, name, production, file, uploadId))
    } catch (error) {
      logError('file_not_kept', error, { key })
      return false
    }
  }

  /**
   * Cleans up. The earlier kept file stays, unless it was discarded or may have been overwritten.
   */
  const giveUp = async (): Promise<void> => {
    const multipart = await object.multipart()
    if (multipart && (await abortUpload(multipart))) {
      await database.retry(() => forgetUpload(database, multipart.uploadId))
    }
    const [record] = await database.retry(() => takeBackClaim(database, name, claim, version))
    if (!record) return
    if (record.version !== null && !record.discarded && !object.mayExist()) {
      await database.retry(() => releaseClaim(database, claim))
    } else {
      await retry(() => bucket.delete(key))
      await database.retry(() => forgetFile(database, name, claim))
    }
  }

  try {
    for await (const chunk of chunks) {
      digest.update(chunk)
      bytes += chunk.length
      yield* object.pass(chunk)
    }
    kept = await keep()
    return kept
  } finally {
    // What cannot be cleaned up now is on record: the next production or the sweep removes it.
    if (!kept) await giveUp().catch((error: unknown) => logError('cleanup_failed', error, { key }))
  }
}
