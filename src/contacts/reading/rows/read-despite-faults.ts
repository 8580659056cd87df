import { isDataFault } from './is-data-fault.ts'

/** A way to read items by one statement. */
export type Way<Item, Value> = {
  readonly read: (items: readonly Item[]) => Promise<ReadonlyMap<string, Value>>
  /** Counts the statements of a file that failed in this way. */
  readonly faults: Faults
}

/** The number of statements that failed because of stored data. */
export type Faults = { count: number }

/**
 * The number of failed statements of a file, for each way, up to which items are read in halves.
 * D1 takes 1,000 queries a request, and most of them are needed to read the rest.
 */
const MOST_HALVED = 60

/**
 * Reads items by one statement. When stored data makes the statement fail, each half is read by
 * itself, and so on down to the item, which is then read in the next way: it reads less of an item.
 * Once many statements of the file have failed, items are no longer halved: all items of a failed
 * statement are read in the next way together. So a file in which nearly everything fails costs a
 * query for each way and page.
 *
 * @param ways from the one that reads most to the one that cannot fail because of stored data
 * @param failed called with items that the first way cannot read
 * @throws the error when it has another cause than stored data, or when the last way fails
 */
export async function readDespiteFaults<Item, Value>(
  items: readonly Item[],
  [way, ...lesserWays]: readonly Way<Item, Value>[],
  failed: (items: readonly Item[], error: unknown) => void,
): Promise<ReadonlyMap<string, Value>> {
  if (!way) return new Map()
  try {
    return await way.read(items)
  } catch (error) {
    if (lesserWays.length === 0 || !isDataFault(error)) throw error
    if (way.faults.count === 0 && (await failsWithoutItems(way))) throw error
    way.faults.count += 1
    if (items.length === 1 || way.faults.count > MOST_HALVED) {
      failed(items, error)
      return readDespiteFaults(items, lesserWays, () => undefined)
    }
    const middle = Math.ceil(items.length / 2)
    const ways = [way, ...lesserWays]
    const first = await readDespiteFaults(items.slice(0, middle), ways, failed)
    const second = await readDespiteFaults(items.slice(middle), ways, failed)
    return new Map([...first, ...second])
  }
}

/** Whether the statement itself is at fault: then no item is, and the file must not be produced. */
const failsWithoutItems = <Item, Value>({ read }: Way<Item, Value>): Promise<boolean> =>
  read([]).then(
    () => false,
    () => true,
  )
