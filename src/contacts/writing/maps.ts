/** Adds an item to the list of a key. */
export function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** Adds an item to the set of a key. */
export function include<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  const set = sets.get(key)
  if (set) set.add(item)
  else sets.set(key, new Set([item]))
}
