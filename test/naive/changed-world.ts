import type { Chance } from './random-world.ts'
import type { SyncLine } from './world-lines.ts'
import type { World } from './world.ts'

/**
 * A second world in which many rows are rows of the first one with other values and other owners.
 *
 * @param next a world of its own
 */
export function changedWorld(chance: Chance, world: World, next: World): World {
  const ids = new Map<string, string>()
  for (const [table, rows] of Object.entries(next)) {
    const earlier = Object.entries(world).find(([name]) => name === table)?.[1] ?? []
    for (const [index, row] of rows.entries()) {
      const before = earlier[index]
      if (!('id' in row) || before === undefined || !('id' in before)) continue
      if (chance.percent(70)) ids.set(row.id, before.id)
    }
  }
  const text = JSON.stringify(next).replaceAll(
    /"([0-9a-f-]{36})"/g,
    (_, id: string) => `"${ids.get(id) ?? id}"`,
  )
  const changed: World = JSON.parse(text)
  return changed
}

const ROOTS = [
  'donations',
  'donation_amount_recommendations',
  'tasks',
  'appeals',
  'contacts',
  'donor_accounts',
  'account_lists',
  'designation_accounts',
] as const

/** Lines that remove what a world has no more. */
export const removalsOf = (world: World, next: World): SyncLine[] =>
  ROOTS.flatMap((type) => {
    const kept = new Set(next[type].map(({ id }) => id))
    return world[type]
      .filter(({ id }) => !kept.has(id))
      .map(({ id }): SyncLine => ({ type, id, removed: true }))
  })
