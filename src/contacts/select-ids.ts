import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { contacts } from '../db/schema/index.ts'
import { filterCondition } from './filter/filter-condition.ts'
import { inList } from './filter/filter-key.ts'
import type { Filter } from './filter/read-filter.ts'

/** Whose contacts, and which of them. */
export type ContactSelection = {
  /** The account lists whose contacts may be seen. */
  readonly accountListIds: readonly string[]
  readonly filter: Filter
  /** `2022-01-12` */
  readonly today: string
}

/** Where a selection begins: behind the contact with this name and id. */
type Place = { readonly name: string; readonly id: string }

/** How much is selected at once, and how it is packed. */
type StretchSize = { readonly packs: number; readonly idsOfAPack: number }

/** A quarter of a million contacts. A pack is a value of 1 MB; 2 MB are the most that D1 takes. */
const STRETCH: StretchSize = { packs: 10, idsOfAPack: 25_000 }

/** More at once are not much faster, and the silence while they are read, and what others wait meanwhile, is short. */
const PAGE = 1150

/** The first contact of a file leaves sooner: it waits for its page, and for its people, who come with the second. */
const FIRST_PAGES = [100, 200]

/**
 * Behind the first stretch: D1 answers 1,000 queries of a request, and a million contacts have to do with them, also when
 * their client is so slow that each page is read twice.
 */
const LARGE_PAGE = 3125

const BEFORE_ALL: Place = { name: '', id: '' }

/**
 * The query for a stretch of the contacts selected: their ids in the order of the file, by name in code-point order, then by
 * id, packed into JSON arrays, with the place of the last one in each. One statement sees one state of the database, and
 * each pack goes on where the one before it ended, so that the rows are read once and none is sorted or counted off.
 */
export const selectedIds = (
  database: Database,
  selection: ContactSelection,
  { packs, idsOfAPack } = STRETCH,
  after = BEFORE_ALL,
) => {
  const full = sql.raw(String(idsOfAPack))
  const condition = isSelected(selection)
  const place = sql`(${contacts.name}, ${contacts.id})`
  const next = sql`
    select json_array(json_object('ids', json_group_array(id), 'size', count(*), 'name', max(name)))
    from (
      select ${contacts.id} as id, ${contacts.name} as name from ${contacts}
      where ${and(condition, sql`${place} > (pack.name, pack.id)`)}
      order by ${contacts.name}, ${contacts.id} limit ${full})`
  return database
    .select({ ids: sql<string>`ids`, name: sql<string>`name`, id: sql<string>`id` })
    .from(
      sql`(
        with recursive pack(ids, size, name, id) as (
          select '[]', ${full}, ${after.name}, ${after.id}
          union all
          select next.value ->> 'ids', next.value ->> 'size', next.value ->> 'name', next.value ->> '$.ids[#-1]'
          from pack, json_each((${next})) as next
          where pack.size = ${full} limit ${sql.raw(String(packs + 1))})
        select ids, name, id from pack where ids <> '[]')`,
    )
}

type Stretch = Awaited<ReturnType<typeof selectedIds>>

/**
 * The ids of the contacts selected, in the order of the file, in pages. All are selected when the first page is asked for,
 * the stretches one right after the other: only a contact renamed within these moments, and over the end of a stretch,
 * comes twice or not at all.
 */
export async function* pagesOfIds(
  database: Database,
  selection: ContactSelection,
  size = STRETCH,
): AsyncGenerator<readonly string[]> {
  const first = await selectedIds(database, selection, size)
  const others = otherStretches(database, selection, first, size)
  // A fault is met where the others are wanted: long after it happened, or never.
  void Promise.allSettled([others])
  for (const [index, { ids }] of first.entries())
    yield* cut(ids, PAGE, index === 0 ? FIRST_PAGES : [])
  for (const { ids } of await others) yield* cut(ids, LARGE_PAGE)
}

async function otherStretches(
  database: Database,
  selection: ContactSelection,
  first: Stretch,
  size: StretchSize,
): Promise<Stretch> {
  const others: Stretch = []
  let stretch = first
  let end = first.at(-1)
  while (end && stretch.length === size.packs) {
    stretch = await selectedIds(database, selection, size, end)
    others.push(...stretch)
    end = stretch.at(-1)
  }
  return others
}

/** A pack in pages, of which the first may have sizes of their own. */
function* cut(
  pack: string,
  size: number,
  firstSizes: readonly number[] = [],
): Generator<readonly string[]> {
  const ids: readonly string[] = JSON.parse(pack)
  const sizes = firstSizes.values()
  for (let from = 0; from < ids.length;) {
    const end = from + (sizes.next().value ?? size)
    yield ids.slice(from, end)
    from = end
  }
}

/** Whether a contact is among those selected: SQL that speaks of the table `contacts` of the statement around it. */
export const isSelected = ({ accountListIds, filter, today }: ContactSelection): SQL | undefined =>
  and(
    isInOneOf(accountListIds),
    filterCondition(filter, { given: filter.given, accountListIds, today }),
  )

/** A single account list is told as such: then the index gives its contacts in the order of the file. */
function isInOneOf(accountListIds: readonly string[]): SQL {
  const [first, ...others] = accountListIds
  return first !== undefined && others.length === 0
    ? eq(contacts.accountListId, first)
    : inList(contacts.accountListId, accountListIds)
}
