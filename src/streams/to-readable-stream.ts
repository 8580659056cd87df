/**
 * A stream that requests a chunk of its source only when its reader requests one: exact
 * backpressure. An error of the source is an error of the stream.
 *
 * @param cancelled called when the reader cancels the stream
 */
export function toReadableStream<Chunk>(
  source: AsyncGenerator<Chunk>,
  cancelled: () => Promise<unknown>,
): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await cancelled()
      },
    },
    { highWaterMark: 0 },
  )
}
