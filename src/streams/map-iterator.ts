/**
 * The items of a source, each converted when it is requested.
 *
 * It holds nothing between two items. A generator would keep the last one while its reader waits,
 * and a file of a stalled client would keep a page in each of its stages.
 */
export function mapIterator<Item, Result>(
  source: AsyncIterator<Item, void, undefined>,
  convert: (item: Item) => Promise<Result> | Result,
): AsyncIterableIterator<Result, void, undefined> {
  const end = async () => {
    await source.return?.()
    return { done: true as const, value: undefined }
  }
  const iterator: AsyncIterableIterator<Result, void, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const next = await source.next()
      if (next.done) return next
      try {
        return { value: await convert(next.value) }
      } catch (error) {
        await end()
        throw error
      }
    },
    return: end,
  }
  return iterator
}
