import { compareCodePoints } from './code-point-order.ts'
import { pushItem, removeFirst, sinkFirst, type MinHeap } from './min-heap.ts'
import { NAME_CHARACTERS } from './selection-query.ts'

/** The contacts selected in an account list, in the order of files. */
export type ListPacks = {
  /** JSON arrays of ids, and of the beginnings of their names. */
  readonly packs: { readonly ids: string; readonly names: string | null }[]
  /** Whether no more packs will come. */
  hasEnded: boolean
}

/** What merging asks for while it goes on. */
export type MergeSources = {
  /** Loads the next packs of the account lists that have not ended. */
  readonly loadMore: () => Promise<void>
  /** More of the names of contacts, by their ids. */
  readonly longerNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** How often longer names are asked for: D1 answers 1,000 queries of a request. */
const MOST_LOOKUPS = 100

/** For how many contacts they are asked for at once. */
const CONTACTS_OF_A_LOOKUP = 5000

/** How many ids are given out at once. */
const CHUNK = 1000

/**
 * The ids of several account lists in the order of files: by name in code-point order, then by id.
 * One pack of each account list is parsed at a time.
 *
 * Where names of different account lists begin alike, more of them is asked for. Contacts whose
 * names are still alike, or for which no lookup is left, come in the order of their ids.
 */
export async function* mergedIds(
  lists: readonly ListPacks[],
  { loadMore, longerNames }: MergeSources,
): AsyncGenerator<readonly string[]> {
  const heap: MinHeap<Head> = { items: [], compare: compareHeads }
  const pushHeadOf = async (list: ListPacks): Promise<void> => {
    while (list.packs.length === 0 && !list.hasEnded) await loadMore()
    const head = nextHead(list)
    if (head) pushItem(heap, head)
  }
  for (const list of lists) await pushHeadOf(list)

  let lookups = 0
  let chunk: string[] = []
  for (let [head] = heap.items; head; [head] = heap.items) {
    if (lookups < MOST_LOOKUPS && isUndecided(heap)) {
      lookups += 1
      await lengthenNames(heap.items, longerNames)
      heap.items.sort(compareHeads)
      continue
    }
    chunk.push(idOf(head))
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

/** The contact of an account list that comes next, in a pack that has been parsed. */
type Head = {
  readonly list: ListPacks
  readonly ids: readonly string[]
  readonly names: readonly string[]
  /** More of the names, as far as it has been asked for. */
  readonly longer: Map<string, string>
  at: number
}

const idOf = ({ ids, at }: Head): string => ids[at] ?? ''
const nameOf = ({ names, at }: Head): string => names[at] ?? ''

/** The head of the next pack that is not empty. */
function nextHead(list: ListPacks): Head | undefined {
  const pack = list.packs.shift()
  if (!pack) return undefined
  const [ids, names] = [parsed(pack.ids), parsed(pack.names ?? '[]')]
  return { list, ids, names, longer: new Map(), at: 0 }
}

// What our own SQL has put together.
const parsed = (json: string): readonly string[] => JSON.parse(json)

const longerOf = (head: Head): string => head.longer.get(idOf(head)) ?? nameOf(head)

const compareHeads = (a: Head, b: Head): number =>
  compareCodePoints(nameOf(a), nameOf(b)) ||
  compareCodePoints(longerOf(a), longerOf(b)) ||
  compareCodePoints(idOf(a), idOf(b))

/**
 * Whether it takes more of two names to tell which of them is first: then one of the next two in
 * the heap begins like it.
 */
function isUndecided({ items: [first, left, right] }: MinHeap<Head>): boolean {
  if (!first || nameOf(first).length < NAME_CHARACTERS) return false
  const alike = [left, right].filter((other) => other && nameOf(other) === nameOf(first))
  return alike.length > 0 && [first, ...alike].some((head) => head && !head.longer.has(idOf(head)))
}

/**
 * Asks for more of the names that may be longer than what is there, of the contacts that come next
 * in each account list.
 */
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
