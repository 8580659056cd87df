import { expect, inject, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { outcomeOf } from '../../helpers/outcome.ts'
import { evaluate, type Outcome } from '../../naive/evaluate.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { randomFilter } from '../../naive/random-filter.ts'
import { chanceOf, randomWorld, TODAY } from '../../naive/random-world.ts'

const FILTERS_OF_A_WORLD = 50

const { seed, runs } = inject('filters')
const worlds = Array.from(
  { length: Math.ceil(runs / FILTERS_OF_A_WORLD) },
  (_, index) => seed + index,
)

it.each(worlds)(
  `selects what the naive evaluator selects: npm run test:filters -- --seed %i --runs ${FILTERS_OF_A_WORLD}`,
  async (worldSeed) => {
    await emptyStorage()
    const chance = chanceOf(worldSeed)
    const world = randomWorld(chance)
    await insertWorld(world)
    const [{ user_id: userId } = { user_id: 'nobody' }] = world.account_list_users
    for (let count = 0; count < FILTERS_OF_A_WORLD; count += 1) {
      const filter = randomFilter(chance, world)
      const expected = evaluate(world, userId, filter, TODAY)
      const found = await outcomeOf(world, userId, filter)
      expect({ filter, ...sorted(found) }).toEqual({ filter, ...sorted(expected) })
    }
  },
)

/** What is wrong is a set: its order is nobody's concern. */
const sorted = (outcome: Outcome): Outcome =>
  'badKeys' in outcome
    ? { badKeys: outcome.badKeys.toSorted((a = '', b = '') => a.localeCompare(b)) }
    : outcome
