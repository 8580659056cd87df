/**
 * A stream that asks its source for a chunk only when its reader asks it: exact backpressure. A source that throws breaks
 * the stream.
 *
 * @param cancelled what to do with the source when the reader goes away
 */
export function pullStream<Chunk>(
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
