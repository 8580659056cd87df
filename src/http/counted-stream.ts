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
