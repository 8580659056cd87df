/** A result that waits for its reader. */
export type HeldResult<Item, Result> = {
  readonly item: Item
  /** Returns the result, unless that has been dropped. */
  readonly take: () => Promise<Result> | undefined
}

/** Holds the result of an item, and drops it when it has waited for a time. */
export function holdResult<Item, Result>(
  item: Item,
  result: Promise<Result>,
  freshMilliseconds: number,
): HeldResult<Item, Result> {
  let held: Promise<Result> | undefined = result
  let timer: ReturnType<typeof setTimeout> | undefined
  const drop = (): void => {
    held = undefined
  }
  const dropLater = async (): Promise<void> => {
    await result
    if (held) timer = setTimeout(drop, freshMilliseconds)
  }
  // An error is thrown when the result is taken, if it ever is.
  dropLater().catch(() => undefined)
  return {
    item,
    take() {
      const taken = held
      clearTimeout(timer)
      drop()
      return taken
    },
  }
}
