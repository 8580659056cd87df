import { beforeEach, describe, expect, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { differences, tablesNow, wholeTables } from '../../helpers/tables.ts'
import { write } from '../../helpers/write-test-lines.ts'
import { changedWorld, removalsOf } from '../../naive/changed-world.ts'
import { expressible } from '../../naive/expressible-world.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'
import { lineGroupsOf, linesOf } from '../../naive/world-lines.ts'

beforeEach(emptyStorage)

const SEEDS = Array.from({ length: 8 }, (_, index) => 100 + index)

async function tablesOf(world: ReturnType<typeof expressible>) {
  await insertWorld(world)
  const tables = await tablesNow()
  await emptyStorage()
  return tables
}

describe('the lines of a random world', () => {
  it.each(SEEDS)(
    'make the same tables, and change nothing when sent again: seed %i',
    async (seed) => {
      const world = expressible(randomWorld(chanceOf(seed)))
      const expected = await tablesOf(world)
      const lines = linesOf(world)

      const first = await write(lines)
      expect(first.failures).toEqual([])
      expect(differences(expected, await tablesNow())).toEqual({})

      const before = await wholeTables()
      const again = await write(lines)
      expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: lines.length })
      expect(differences(before, await wholeTables())).toEqual({})
    },
  )

  it.each(SEEDS)('change nothing in another order and in small bodies: seed %i', async (seed) => {
    const chance = chanceOf(seed)
    const world = expressible(randomWorld(chance))
    const groups = lineGroupsOf(world)
    await write(groups.flat())
    const before = await wholeTables()
    const shuffled = groups.flatMap((group) => chance.some(group, group.length))
    while (shuffled.length > 0) {
      const { counts } = await write(shuffled.splice(0, chance.between(1, 40)))
      expect(counts).toMatchObject({ created: 0, updated: 0, failed: 0 })
    }
    expect(differences(before, await wholeTables())).toEqual({})
  })

  it.each(SEEDS)('make the tables that they say of any others: seed %i', async (seed) => {
    const chance = chanceOf(seed)
    const world = expressible(randomWorld(chance))
    const next = expressible(changedWorld(chance, world, randomWorld(chance)))
    const expected = await tablesOf(next)
    await write(linesOf(world))

    const { failures } = await write([...linesOf(next), ...removalsOf(world, next)])
    expect(failures).toEqual([])
    expect(differences(expected, await tablesNow())).toEqual({})
    const again = await write(linesOf(next))
    expect(again.counts).toMatchObject({ created: 0, updated: 0, failed: 0 })
  })

  it.each(SEEDS)('make the same tables in one body with others before: seed %i', async (seed) => {
    const chance = chanceOf(seed)
    const world = expressible(randomWorld(chance))
    const next = expressible(changedWorld(chance, world, randomWorld(chance)))
    const expected = await tablesOf(next)
    const lines = [linesOf(next), linesOf(world), linesOf(next), removalsOf(world, next)].flat()
    const { failures, queries } = await write(lines)
    expect(failures).toEqual([])
    expect(queries).toBeLessThan(100)
    expect(differences(expected, await tablesNow())).toEqual({})
  })

  it.each(SEEDS)('make the same tables when sent twice at once: seed %i', async (seed) => {
    const world = expressible(randomWorld(chanceOf(seed)))
    const expected = await tablesOf(world)
    const both = await Promise.all([write(linesOf(world)), write(linesOf(world))])
    expect(both.flatMap(({ failures }) => failures)).toEqual([])
    expect(differences(expected, await tablesNow())).toEqual({})
  })
})
