import { expect, inject, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { outcomeOf } from '../../helpers/outcome.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { randomValues } from '../../naive/random-filter.ts'
import { chanceOf, randomWorld, type Chance } from '../../naive/random-world.ts'
import type { World } from '../../naive/world.ts'

const WORLDS = 3

const { seed } = inject('filters')
const worlds = Array.from({ length: WORLDS }, (_, index) => seed + index)

console.log(`npm run test:filters -- --seed ${seed}: foreign account lists`)

it.each(worlds)(
  'no key selects a contact of a foreign account list in world %i',
  async (worldSeed) => {
    await emptyStorage()
    const chance = chanceOf(worldSeed)
    const world = worldOfTwoUsers(chance)
    await insertWorld(world)
    const own = new Set(
      world.contacts
        .filter(({ account_list_id }) => account_list_id === world.account_lists[0]?.id)
        .map(({ id }) => id),
    )
    const values = { ...randomValues(chance, world), ...foreignIds(world, own) }
    const everything = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, value()]),
    )
    const reversed = Object.fromEntries(
      chance.some(Object.keys(values), 20).map((key) => [`reverse_${key}`, 'true']),
    )
    const filters = [
      {},
      { ...everything, any_filter: true },
      { ...everything, ...reversed, any_filter: true },
      ...Object.entries(values).flatMap(([key, value]) => [
        { status: 'active,hidden,null', [key]: value() },
        { status: 'active,hidden,null', [key]: value(), [`reverse_${key}`]: true },
        { [key]: value(), any_filter: true },
        { [key]: value(), [`reverse_${key}`]: true, any_filter: true },
      ]),
    ]
    let selected = 0
    for (const filter of filters) {
      const outcome = await outcomeOf(world, 'user', filter)
      const names = 'names' in outcome ? outcome.names : []
      selected += names.length
      expect({ filter, foreign: names.filter((name) => !own.has(name)) }).toEqual({
        filter,
        foreign: [],
      })
    }
    expect(selected).toBeGreaterThan(0)
    const foreignLists = world.account_lists.slice(1).map(({ id }) => id)
    for (const account_list_id of [
      foreignLists,
      [...own, ...foreignLists],
      foreignLists.join(',').toUpperCase(),
    ]) {
      expect(await outcomeOf(world, 'user', { account_list_id })).toHaveProperty('missingList')
    }
  },
)

/** The user may read the first account list, somebody else the others. A contact is known by its id, as its name. */
function worldOfTwoUsers(chance: Chance): World {
  const world = randomWorld(chance)
  return {
    ...world,
    account_list_users: world.account_lists.map(({ id }, index) => ({
      account_list_id: id,
      user_id: index === 0 ? 'user' : 'somebody else',
    })),
    contacts: world.contacts.map((contact) => Object.assign({}, contact, { name: contact.id })),
  }
}

/** Lists that hold everything foreign that there is to name. */
function foreignIds(world: World, own: ReadonlySet<string>): Record<string, () => unknown> {
  const contactIds = world.contacts.map(({ id }) => id).filter((id) => !own.has(id))
  const ids = () => contactIds
  return {
    ids,
    not_ids: ids,
    referrer: () => [...contactIds, 'any'],
    designation_account_id: () => world.designation_accounts.map(({ id }) => id),
    appeal: () => world.appeals.map(({ id }) => id),
    tags: () => world.contact_tags.map(({ name }) => name),
    name_like: () => contactIds[0],
    wildcard_search: () => contactIds[0],
  }
}
