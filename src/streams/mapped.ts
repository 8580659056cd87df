/**
 * The items of a source, each converted when it is asked for.
 *
 * Nothing is held between two items: a generator would keep the last one for as long as its reader rests, and a file whose
 * client has stalled would keep a page in each of its stages.
 */
export function mapped<Item, Result>(
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
