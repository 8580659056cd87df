import { giveWay } from '../http/give-way.ts'

/**
 * A stream that asks its source for a chunk only when its reader asks it: exact backpressure. A source that throws breaks
 * the stream.
 *
 * Between two chunks whatever else waits has its turn: the first of them leaves, and other requests are answered.
 *
 * @param cancelled what to do with the source when the reader goes away; it is ended unless this says otherwise
 */
export function pullStream<Chunk>(
  source: AsyncGenerator<Chunk>,
  cancelled: () => Promise<unknown> = () => source.return(undefined),
): ReadableStream<Chunk> {
  let isFirst = true
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        if (!isFirst) await giveWay()
        isFirst = false
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
