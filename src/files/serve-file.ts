import { logError } from '../log.ts'
import { objectKey, type FileName, type KeptFile } from './file-records.ts'

/** The headers that a kept file has beside those that every file has. */
export const keptFileHeaders = ({ bytes, sha256 }: KeptFile): Record<string, string> => ({
  'Content-Length': String(bytes),
  ETag: `"${sha256}"`,
})

/**
 * The bytes of a kept file, or null for a `HEAD`; `undefined` when R2 has them no more, has others, or cannot be asked: then
 * the file is made anew.
 */
export async function keptFileBody(
  bucket: R2Bucket,
  name: FileName,
  file: KeptFile,
  isHead: boolean,
): Promise<ReadableStream<Uint8Array> | null | undefined> {
  const key = objectKey(name)
  try {
    if (isHead) return (await bucket.head(key))?.version === file.version ? null : undefined
    const object = await bucket.get(key)
    if (object?.version === file.version) return object.body
    await object?.body.cancel()
  } catch (error) {
    logError('kept_file_unreadable', error, { key })
  }
  return undefined
}
