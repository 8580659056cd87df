import { and, or, sql, type SQL } from 'drizzle-orm'
import type { Filter, GivenKey } from './filter.ts'
import type { FilterContext, RowGroup, Selection } from './keys/filter-key.ts'
import { filterKeyNames, keyByName, type FilterKeyName } from './keys/keys.ts'

/**
 * What a filter selects, as SQL that refers to the table `contacts` of the statement around it: all
 * keys must hold, or with `any_filter` any one of them. The keys of a group must be satisfied by
 * one row, unless one of the group is reversed.
 *
 * @param today the UTC day of the log's `export_at`, `2022-01-12`
 */
export function compileFilter(filter: Filter, today: string): SQL | undefined {
  const keys = compiledKeys(filter, today)
  return filter.anyFilter ? joined(or, keys.map(conditionOfKey)) : allHold(keys)
}

type CompiledKey = { readonly selection: Selection; readonly isReversed: boolean }

function compiledKeys({ keys, anyTags }: Filter, today: string): CompiledKey[] {
  const context: FilterContext = {
    others: {
      any_tags: anyTags,
      address_historic: keys.address_historic?.value,
      donation: keys.donation?.value,
      donation_date: keys.donation_date?.value,
    },
    today,
  }

  const compiled = <Name extends FilterKeyName>(
    name: Name,
    given: GivenKey<Name> | undefined,
  ): CompiledKey[] => {
    const selection = given && keyByName[name].select(given.value, context)
    return given && selection ? [{ selection, isReversed: given.reversed }] : []
  }
  return filterKeyNames.flatMap((name) => compiled(name, keys[name]))
}

function allHold(keys: readonly CompiledKey[]): SQL | undefined {
  const together = groupsThatHoldTogether(keys)
  const alone = keys.flatMap((key) => {
    const { selection } = key
    if (!selection.row || !together.has(selection.row.group)) return [conditionOfKey(key)]
    return selection.contact ? [selection.contact] : []
  })
  const groups = [...together].map(([group, selections]) =>
    group(and(...selections.flatMap(({ row }) => row?.condition ?? [])) ?? sql`true`),
  )
  return joined(and, [...alone, ...groups])
}

function groupsThatHoldTogether(
  keys: readonly CompiledKey[],
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

/** What a key selects on its own. */
function conditionOfKey({ selection, isReversed }: CompiledKey): SQL {
  const { contact, row, reversed } = selection
  if (isReversed && reversed) return reversed
  const plain = sql`(${and(contact, row?.group(row.condition))})`
  return isReversed ? sql`${plain} is not true` : plain
}

/**
 * Conditions joined two by two. A chain of them would be as deep as it is long, and D1 limits the
 * depth of a whole expression to 100.
 */
function joined(join: typeof and | typeof or, conditions: readonly SQL[]): SQL | undefined {
  if (conditions.length <= 2) return join(...conditions)
  const middle = Math.ceil(conditions.length / 2)
  return join(joined(join, conditions.slice(0, middle)), joined(join, conditions.slice(middle)))
}
