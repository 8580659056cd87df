import type { StreamEnd } from './count-bytes.ts'

/** Chunks of this size make the count cost nothing. */
const CHUNK_BYTES = 256 * 1024

/** Pipes a byte stream, and counts its bytes. An error of either side ends both. */
export async function pipeAndCount(
  source: ReadableStream<Uint8Array>,
  target: WritableStream<Uint8Array>,
  ended: StreamEnd,
): Promise<void> {
  const reader = source.getReader({ mode: 'byob' })
  const writer = target.getWriter()
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.readAtLeast(CHUNK_BYTES, new Uint8Array(CHUNK_BYTES))
      if (value && value.length > 0) {
        await writer.write(value)
        bytes += value.length
      }
      if (done) break
    }
    await writer.close()
    ended(true, bytes)
  } catch (error) {
    ended(false, bytes)
    await Promise.allSettled([reader.cancel(error), writer.abort(error)])
  }
}
