/**
 * The same bytes, and once, at their end, whether all of them have left, and how many. It reads only when it is read.
 */
export function countedStream(
  body: ReadableStream<Uint8Array>,
  ended: (isWhole: boolean, bytes: number) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  let isCancelled = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          // A read that was under way when the reader went away ends as if it were the last one.
          if (isCancelled) return
          if (done) {
            ended(true, bytes)
            controller.close()
          } else {
            bytes += value.length
            controller.enqueue(value)
          }
        } catch (error) {
          if (!isCancelled) ended(false, bytes)
          throw error
        }
      },
      async cancel(reason) {
        isCancelled = true
        ended(false, bytes)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

/** How many bytes pass at a time. */
const PIECE_BYTES = 256 * 1024

/**
 * Passes bytes on whose number is known, in pieces that are large enough for the count to cost nothing, and tells once, at
 * their end, whether all of them have left, and how many.
 */
export async function passOn(
  body: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
  ended: (isWhole: boolean, bytes: number) => void,
): Promise<void> {
  const reader = body.getReader({ mode: 'byob' })
  const writer = writable.getWriter()
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.readAtLeast(PIECE_BYTES, new Uint8Array(PIECE_BYTES))
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
