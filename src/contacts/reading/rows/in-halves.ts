import { isDataFault } from './data-fault.ts'

/**
 * How many statements of a file may still fail: D1 answers 1,000 of a request, and most are needed
 * to read the rest.
 */
export type Failures = { left: number }

/**
 * Reads items by one statement. When the data of one makes it fail, each half is read by itself,
 * and so on down to the item.
 *
 * @param failures counts the statements that fail
 * @param readOne reads a single item whose statement fails
 * @throws the error when it has another cause than the data, or when too many statements have
 *   failed
 */
export async function inHalves<Item, Value>(
  items: readonly Item[],
  failures: Failures,
  read: (items: readonly Item[]) => Promise<ReadonlyMap<string, Value>>,
  readOne: (item: Item, error: unknown) => Promise<ReadonlyMap<string, Value>>,
): Promise<ReadonlyMap<string, Value>> {
  try {
    return await read(items)
  } catch (error) {
    const [first, ...others] = items
    if (first === undefined || !isDataFault(error) || failures.left === 0) throw error
    failures.left -= 1
    if (others.length === 0) return readOne(first, error)
    const middle = Math.ceil(items.length / 2)
    const one = await inHalves(items.slice(0, middle), failures, read, readOne)
    const other = await inHalves(items.slice(middle), failures, read, readOne)
    return new Map([...one, ...other])
  }
}
