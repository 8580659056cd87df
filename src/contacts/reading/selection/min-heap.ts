/** A binary heap, the least item first: a step costs the logarithm of the number of items. */
export type MinHeap<Item> = {
  readonly items: Item[]
  /** Returns less than 0 if the first is less. */
  readonly compare: (a: Item, b: Item) => number
}

export function pushItem<Item>({ items, compare }: MinHeap<Item>, item: Item): void {
  let at = items.push(item) - 1
  while (at > 0) {
    const parentAt = (at - 1) >> 1
    const parent = items[parentAt]
    if (parent === undefined || compare(item, parent) >= 0) break
    items[at] = parent
    at = parentAt
  }
  items[at] = item
}

/** Restores the order after the first item has become greater. */
export function sinkFirst<Item>({ items, compare }: MinHeap<Item>): void {
  const [item] = items
  if (item === undefined) return
  let at = 0
  for (;;) {
    const leftAt = 2 * at + 1
    const [left, right] = [items[leftAt], items[leftAt + 1]]
    if (left === undefined) break
    const [child, childAt] =
      right !== undefined && compare(right, left) < 0 ? [right, leftAt + 1] : [left, leftAt]
    if (compare(child, item) >= 0) break
    items[at] = child
    at = childAt
  }
  items[at] = item
}

export function removeFirst<Item>(heap: MinHeap<Item>): void {
  const last = heap.items.pop()
  if (last === undefined || heap.items.length === 0) return
  heap.items[0] = last
  sinkFirst(heap)
}
