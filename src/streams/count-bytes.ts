/** Called once at the end of a stream: whether all of its bytes were read, and how many were. */
export type StreamEnd = (isComplete: boolean, bytes: number) => void

/** The same bytes, counted. It reads from the source only when it is read. */
export function countBytes(
  source: ReadableStream<Uint8Array>,
  ended: StreamEnd,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let bytes = 0
  let isCancelled = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          // A pending read of a cancelled stream ends as if the source had ended.
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
