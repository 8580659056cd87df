import { holdResult, type HeldResult } from './held-result.ts'

/**
 * What has been read, in slices, as they are requested. The rest of what has been read is dropped
 * when it has waited longer than `freshMilliseconds`, and is read again when it is requested.
 *
 * @param batches what is read, each with its item
 * @param readAgain reads the first of some items, at least one
 */
export function freshSlices<Item, Found extends { readonly item: Item }>(
  batches: AsyncIterator<readonly Found[], void, undefined>,
  size: number,
  readAgain: (items: readonly Item[]) => Promise<readonly Found[]>,
  freshMilliseconds: number,
): AsyncIterableIterator<readonly Found[], void, undefined> {
  let rest: HeldResult<readonly Item[], readonly Found[]> | undefined

  const end = async () => {
    void rest?.take()
    rest = undefined
    await batches.return?.()
    return { done: true as const, value: undefined }
  }

  /** The first of what is left of a batch, or of the next batch. */
  const read = async (held: typeof rest) => {
    if (held) return { items: held.item, found: await (held.take() ?? readAgain(held.item)) }
    const { done, value } = await batches.next()
    return done ? undefined : { items: value.map(({ item }) => item), found: value }
  }

  const iterator: AsyncIterableIterator<readonly Found[], void, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const held = rest
      rest = undefined
      try {
        const next = await read(held)
        if (!next) return await end()
        const slice = next.found.slice(0, size)
        const items = next.items.slice(slice.length)
        const found = next.found.slice(slice.length)
        if (found.length > 0) rest = holdResult(items, Promise.resolve(found), freshMilliseconds)
        else if (items.length > 0) rest = { item: items, take: () => undefined }
        return { value: slice }
      } catch (error) {
        await end()
        throw error
      }
    },
    return: end,
  }
  return iterator
}
