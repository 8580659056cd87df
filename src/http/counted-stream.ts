/**
 * The same bytes, and at their end how many they were, and whether all of them have left. It reads only when it is read.
 */
export function countedStream(
  body: ReadableStream<Uint8Array>,
  ended: (bytes: number, isWhole: boolean) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) {
            ended(bytes, true)
            controller.close()
          } else {
            bytes += value.length
            controller.enqueue(value)
          }
        } catch (error) {
          ended(bytes, false)
          throw error
        }
      },
      async cancel(reason) {
        ended(bytes, false)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
