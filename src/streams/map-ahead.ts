import { holdResult, type HeldResult } from './held-result.ts'

/**
 * The items of a source, each converted while the reader uses the result before it: one ahead,
 * never two. A reader that does not request the next result stops it.
 *
 * A result that has waited longer than `freshMilliseconds` is dropped, and its item is converted
 * again when it is requested. For a reader that slow, the next item is not converted ahead.
 */
export function mapAhead<Item, Result>(
  source: AsyncIterator<Item, void, undefined>,
  convert: (item: Item) => Promise<Result>,
  freshMilliseconds: number,
): AsyncIterableIterator<Result, void, undefined> {
  let ahead: Promise<HeldResult<Item, Result> | undefined> | undefined
  let returnedAt = Date.now()

  const convertNext = async (): Promise<HeldResult<Item, Result> | undefined> => {
    const { done, value } = await source.next()
    return done ? undefined : holdResult(value, convert(value), freshMilliseconds)
  }

  const end = async () => {
    const next = await ahead?.catch(() => undefined)
    await next?.take()?.catch(() => undefined)
    ahead = undefined
    await source.return?.()
    return { done: true as const, value: undefined }
  }

  const iterator: AsyncIterableIterator<Result, void, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const isSlow = Date.now() - returnedAt > freshMilliseconds
      try {
        const next = await (ahead ?? convertNext())
        ahead = undefined
        if (!next) return await end()
        const value = await (next.take() ?? convert(next.item))
        if (!isSlow) {
          ahead = convertNext()
          // An error is thrown when the result is requested, if it ever is.
          ahead.catch(() => undefined)
        }
        returnedAt = Date.now()
        return { value }
      } catch (error) {
        await end()
        throw error
      }
    },
    return: end,
  }
  return iterator
}
