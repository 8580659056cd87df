import { createHash } from 'node:crypto'
import type { Database } from '../db/client.ts'
import { logError } from '../log.ts'
import { retry } from '../retry.ts'
import {
  forgetFile,
  forgetUpload,
  noteUpload,
  recordKeptFile,
  releaseClaim,
  renewClaim,
  takeBackClaim,
} from './file-claims.ts'
import { objectKey, type FileName } from './file-records.ts'
import type { Production } from './productions.ts'
import { abortUpload, upload } from './upload.ts'

/** A production that may keep its file, because it holds the claim. */
export type Keeping = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly name: FileName
  /** Its id is the claim. */
  readonly production: Production
  readonly contentType: string
  /** What is in the file; asked when all of it has passed. */
  readonly contents: () => FileContents
}

export type FileContents = { readonly rows: number; readonly accountListIds: readonly string[] }

/**
 * Passes the bytes of a file on and puts them into R2 as they pass. When the last has passed, the object is complete and
 * its record written before this ends. A fault of R2, or of D1 in what is written here, only means that the file is not
 * kept; a fault of the source breaks the transfer; whoever stops half-way leaves nothing behind.
 *
 * The object is changed only under the claim, which is held for its full time again just before: so a slow production,
 * whose claim another has taken meanwhile, never writes over the other's object, nor removes it.
 *
 * @returns whether the file is kept; then its production has ended, too
 */
export async function* keepFile(
  chunks: AsyncIterable<Uint8Array>,
  { database, bucket, name, production, contentType, contents }: Keeping,
): AsyncGenerator<Uint8Array, boolean> {
  const key = objectKey(name)
  const claim = production.id
  const object = upload(bucket, key, { contentType, mark: claim }, (id) =>
    database.retry(() => noteUpload(database, name, id)),
  )
  const digest = createHash('sha256')
  let bytes = 0
  let version: string | undefined
  let kept = false

  const keep = async (): Promise<boolean> => {
    try {
      if (!(await database.retry(() => renewClaim(database, name, claim)))) return false
      version = await object.complete()
      if (version === undefined) return false
      const file = { ...contents(), version, bytes, sha256: digest.digest('hex') }
      const uploadId = object.multipart()?.uploadId
      return await database.retry(() => recordKeptFile(database, name, production, file, uploadId))
    } catch (error) {
      logError('file_not_kept', error, { key })
      return false
    }
  }

  /** The file before this one stays kept, unless it was discarded or may have been written over. */
  const giveUp = async (): Promise<void> => {
    const multipart = object.multipart()
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
    // What cannot be cleared away now is still on record: it goes with the next production or the sweep.
    if (!kept)
      await giveUp().catch((error: unknown) => logError('not_cleared_away', error, { key }))
  }
}
