import { beforeEach, describe, expect, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { tablesNow } from '../../helpers/tables.ts'
import { write } from '../../helpers/write-test-lines.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'
import { linesOf } from '../../naive/world-lines.ts'
import { expressible } from '../../naive/expressible-world.ts'

beforeEach(emptyStorage)

describe('a random world as lines', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'becomes the same tables, and nothing when sent again, seed %i',
    async (seed) => {
      const world = expressible(randomWorld(chanceOf(seed)))
      await insertWorld(world)
      const expected = await tablesNow()
      await emptyStorage()

      const lines = linesOf(world)
      const first = await write(lines)
      expect(first.failures).toEqual([])
      expect(await tablesNow()).toEqual(expected)

      const again = await write(lines)
      expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: lines.length })
      expect(await tablesNow()).toEqual(expected)
    },
  )
})
