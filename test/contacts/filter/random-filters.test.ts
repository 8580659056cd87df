import { env } from 'cloudflare:workers'
import { expect, inject, it } from 'vitest'
import { accountListsById, contactPages } from '../../../src/contacts/contact-pages.ts'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { pagesOfIds } from '../../../src/contacts/select-ids.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { accountListsInScope } from '../../../src/exports/access.ts'
import { HttpError } from '../../../src/http/errors.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { evaluate, type Outcome } from '../../naive/evaluate.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { randomFilter } from '../../naive/random-filter.ts'
import { chanceOf, randomWorld, TODAY } from '../../naive/random-world.ts'
import type { World } from '../../naive/world.ts'

const FILTERS_OF_A_WORLD = 50

const { seed, runs } = inject('filters')

/** What the Worker makes of a filter. */
async function outcomeOf(world: World, userId: string, filter: unknown): Promise<Outcome> {
  const read = readFilter(filter, TODAY)
  if ('problems' in read) return { badKeys: read.problems.map(({ key }) => key) }
  const readable = world.account_list_users
    .filter((row) => row.user_id === userId)
    .map((row) => row.account_list_id)
  try {
    const accountListIds = accountListsInScope(read.filter, readable)
    const database = openDatabase(env.DB)
    const selection = { accountListIds, filter: read.filter, today: TODAY }
    const ids = pagesOfIds(database, selection)
    const lists = await accountListsById(database, accountListIds)
    const names: string[] = []
    for await (const page of contactPages(database, ids, lists)) {
      names.push(...page.map(({ name }) => name))
    }
    return { names }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { missingList: / id '(.*)' /.exec(error.message)?.[1] ?? error.message }
  }
}

const worlds = Array.from(
  { length: Math.ceil(runs / FILTERS_OF_A_WORLD) },
  (_, index) => seed + index,
)

it.each(worlds)(
  `selects in world %i what the naive evaluator selects, under ${FILTERS_OF_A_WORLD} filters`,
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
