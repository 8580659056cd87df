import { compareCodePoints } from './compare-code-points.ts'
import { pushItem, removeFirst, sinkFirst, type MinHeap } from './min-heap.ts'
import { nameInPack, NAME_CHARACTERS } from './select-packs.ts'
import type { SelectedContact } from './selected-contact.ts'

/** The contacts selected in an account list, in the order of files. */
export type ListPacks = {
  readonly accountListId: string
  /** JSON arrays of ids, and of the beginnings of their names. */
  readonly packs: { readonly ids: string; readonly names: string }[]
  /** Whether no more packs will come. */
  hasEnded: boolean
}

/** What merging reads meanwhile. */
export type MergeSources = {
  /** Loads the next packs of the account lists that have not ended. */
  readonly loadMore: () => Promise<void>
  /** More of the names of contacts, by their ids. */
  readonly longerNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** The most statements for longer names: D1 takes 1,000 queries a request. */
const MOST_LOOKUPS = 100

/** The contacts of one such statement, which returns at most 4 MB. */
const CONTACTS_OF_A_LOOKUP = 2000

/** The number of contacts that are returned at once. */
const CHUNK = 1000

/**
 * The contacts of several account lists in the order of files: by name in code-point order, then by id.
 * One pack of each account list is parsed at a time.
 *
 * When names of different account lists have the same beginning, more of them is read. Contacts
 * whose longer beginnings are equal, too, or for which no lookup is left, are ordered by id.
 */
export async function* mergedContacts(
  lists: readonly ListPacks[],
  { loadMore, longerNames }: MergeSources,
): AsyncGenerator<readonly SelectedContact[]> {
  const heap: MinHeap<Head> = { items: [], compare: compareHeads }
  const pushHeadOf = async (list: ListPacks): Promise<void> => {
    while (list.packs.length === 0 && !list.hasEnded) await loadMore()
    const head = nextHead(list)
    if (head) pushItem(heap, head)
  }
  for (const list of lists) await pushHeadOf(list)

  let lookups = 0
  let chunk: SelectedContact[] = []
  for (let [head] = heap.items; head; [head] = heap.items) {
    if (lookups < MOST_LOOKUPS && isUndecided(heap)) {
      lookups += 1
      await lengthenNames(heap.items, longerNames)
      heap.items.sort(compareHeads)
      continue
    }
    chunk.push(contactOf(head))
    head.at += 1
    if (head.at < head.ids.length) sinkFirst(heap)
    else {
      removeFirst(heap)
      await pushHeadOf(head.list)
    }
    if (chunk.length === CHUNK) {
      yield chunk
      chunk = []
    }
  }
  yield chunk
}

/** The next contact of an account list, in a pack that has been parsed. */
type Head = {
  readonly list: ListPacks
  readonly ids: readonly string[]
  readonly names: readonly string[]
  /** Longer beginnings of the names, by id, as far as they have been read. */
  readonly longer: Map<string, string>
  at: number
}

const contactOf = (head: Head): SelectedContact => ({
  id: idOf(head),
  accountListId: head.list.accountListId,
  name: nameInPack(nameOf(head)),
})

const idOf = ({ ids, at }: Head): string => ids[at] ?? ''
const nameOf = ({ names, at }: Head): string => names[at] ?? ''

/** The head of the next pack that is not empty. */
function nextHead(list: ListPacks): Head | undefined {
  const pack = list.packs.shift()
  if (!pack) return undefined
  const [ids, names] = [parsed(pack.ids), parsed(pack.names)]
  return { list, ids, names, longer: new Map(), at: 0 }
}

// The JSON comes from our own SQL.
const parsed = (json: string): readonly string[] => JSON.parse(json)

const longerOf = (head: Head): string => head.longer.get(idOf(head)) ?? nameOf(head)

const compareHeads = (a: Head, b: Head): number =>
  compareCodePoints(nameOf(a), nameOf(b)) ||
  compareCodePoints(longerOf(a), longerOf(b)) ||
  compareCodePoints(idOf(a), idOf(b))

/**
 * Whether longer names are needed to decide which contact is first. Then one of the next two in the
 * heap has the same beginning.
 */
function isUndecided({ items: [first, left, right] }: MinHeap<Head>): boolean {
  if (!first || nameOf(first).length < NAME_CHARACTERS) return false
  const alike = [left, right].filter((other) => other && nameOf(other) === nameOf(first))
  return alike.length > 0 && [first, ...alike].some((head) => head && !head.longer.has(idOf(head)))
}

/** Reads longer names of the next contacts of each account list, of those that may be longer. */
async function lengthenNames(
  heads: readonly Head[],
  longerNames: MergeSources['longerNames'],
): Promise<void> {
  const share = Math.ceil(CONTACTS_OF_A_LOOKUP / heads.length)
  const next = heads.map((head) => ({ head, ids: head.ids.slice(head.at, head.at + share) }))
  const found = await longerNames(
    next.flatMap(({ head, ids }) =>
      ids.filter((_, offset) => (head.names[head.at + offset] ?? '').length >= NAME_CHARACTERS),
    ),
  )
  for (const { head, ids } of next) {
    for (const [offset, id] of ids.entries()) {
      head.longer.set(id, found.get(id) ?? head.names[head.at + offset] ?? '')
    }
  }
}
