/** The account lists that the user may read, as soon as the service has told of them. */
export type AccountLists = {
  readonly all: () => readonly AccountList[]
  readonly name: (id: string) => string | undefined
  readonly set: (lists: readonly AccountList[]) => void
  /** Calls when there are other ones than before. */
  readonly onChange: (changed: () => void) => void
}

type AccountList = { readonly id: string; readonly name: string | null }

export function accountLists(): AccountLists {
  let current: readonly AccountList[] = []
  const watchers: (() => void)[] = []
  return {
    all: () => current,
    name: (id) => {
      const found = current.find((list) => list.id === id.toLowerCase())
      return found && (found.name ?? found.id)
    },
    set(lists) {
      if (JSON.stringify(lists) === JSON.stringify(current)) return
      current = lists
      for (const changed of watchers) changed()
    },
    onChange: (changed) => {
      watchers.push(changed)
    },
  }
}
