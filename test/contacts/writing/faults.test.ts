import { beforeEach, describe, expect, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { faultyBindings, type Fault } from '../../helpers/faulty-bindings.ts'
import { differences, tablesNow } from '../../helpers/tables.ts'
import { write } from '../../helpers/write-test-lines.ts'
import { changedWorld, removalsOf } from '../../naive/changed-world.ts'
import { expressible } from '../../naive/expressible-world.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'
import { linesOf } from '../../naive/world-lines.ts'

beforeEach(emptyStorage)

const chance = chanceOf(5)
const WORLD = expressible(randomWorld(chance))
const NEXT = expressible(changedWorld(chance, WORLD, randomWorld(chance)))
const LINES = [...removalsOf(WORLD, NEXT), ...linesOf(NEXT)]

const FAULTS: readonly Fault[] = [
  'fails',
  'fails when it is done',
  'fails for a moment',
  'fails for a moment when it is done',
]

type Tables = Awaited<ReturnType<typeof tablesNow>>

/** The rows of each contact, as text. */
function contactsIn(tables: Tables): ReadonlyMap<string, string> {
  const ids = (tables['contacts'] ?? []).map((row) => row.slice(8, 44))
  return new Map(
    ids.map((id) => {
      const rows = ['contacts', 'contact_tags'].flatMap((table) =>
        (tables[table] ?? []).filter((row) =>
          row.includes(`"${table === 'contacts' ? 'id' : 'contact_id'}","${id}"`),
        ),
      )
      return [id, rows.join()]
    }),
  )
}

/** Whether a contact is as it was or as it will be. Its people may have gone with other contacts. */
const isWhole = (
  id: string,
  rows: string,
  ...worlds: readonly ReadonlyMap<string, string>[]
): boolean => worlds.some((world) => world.get(id) === rows)

async function sendAll(binding: D1Database): Promise<void> {
  for (let start = 0; start < LINES.length; start += 40) {
    await write(LINES.slice(start, start + 40), { binding })
  }
}

describe.each(FAULTS)('a call to D1 that %s', (fault) => {
  it('leaves whole lines, and the same tables when the lines are sent again', async () => {
    await insertWorld(NEXT)
    const expected = await tablesNow()
    await emptyStorage()
    await insertWorld(WORLD)
    const before = contactsIn(await tablesNow())
    const after = contactsIn(expected)

    const good = faultyBindings()
    await sendAll(good.DB)
    expect(good.calls.length).toBeGreaterThan(10)
    for (const number of good.calls.keys()) {
      await emptyStorage()
      await insertWorld(WORLD)
      await sendAll(faultyBindings(fault, number + 1).DB).catch(() => undefined)
      const now = contactsIn(await tablesNow())
      expect([...now].filter(([id, rows]) => !isWhole(id, rows, before, after))).toEqual([])
      expect((await write(LINES)).failures).toEqual([])
      expect(differences(expected, await tablesNow())).toEqual({})
    }
  })
})
