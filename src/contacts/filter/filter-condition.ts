import { and, or, sql, type SQL } from 'drizzle-orm'
import type { FilterContext, RowGroup, Selection } from './filter-key.ts'
import type { Filter, GivenKey } from './read-filter.ts'

/**
 * What a filter selects, as SQL that speaks of the table `contacts` of the statement around it: all keys hold, or with
 * `any_filter` any one of them. The keys of a group have to be satisfied by one row, unless one of the group is reversed.
 */
export function filterCondition(filter: Filter, context: FilterContext): SQL | undefined {
  if (filter.anyFilter) return or(...filter.keys.map((key) => conditionOfKey(key, context)))
  const joined = groupsThatHoldTogether(filter.keys)
  const alone = filter.keys.flatMap((key) => {
    const { selection } = key
    if (!selection.row || !joined.has(selection.row.group)) return [conditionOfKey(key, context)]
    return selection.contact ? [selection.contact(context)] : []
  })
  const groups = [...joined].map(([group, selections]) =>
    group(
      and(...selections.flatMap(({ row }) => row?.condition(context) ?? [])) ?? sql`true`,
      context,
    ),
  )
  return and(...alone, ...groups)
}

function groupsThatHoldTogether(
  keys: readonly GivenKey[],
): ReadonlyMap<RowGroup, readonly Selection[]> {
  const groups = Map.groupBy(
    keys.filter(({ selection }) => selection.row),
    ({ selection }) => selection.row?.group,
  )
  const together = new Map<RowGroup, readonly Selection[]>()
  for (const [group, members] of groups) {
    if (group && !members.some(({ isReversed }) => isReversed)) {
      together.set(
        group,
        members.map(({ selection }) => selection),
      )
    }
  }
  return together
}

/** What a key selects by itself. */
function conditionOfKey({ selection, isReversed }: GivenKey, context: FilterContext): SQL {
  const { contact, row, reversed } = selection
  if (isReversed && reversed) return reversed(context)
  const plain = sql`(${and(contact?.(context), row?.group(row.condition(context), context))})`
  return isReversed ? sql`${plain} is not true` : plain
}
