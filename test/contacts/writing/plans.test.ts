import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyStorage } from '../../helpers/database.ts'
import { faultyBindings } from '../../helpers/faulty-bindings.ts'
import { CONTACT_TABLES } from '../../helpers/tables.ts'
import { write } from '../../helpers/write-test-lines.ts'
import { changedWorld, removalsOf } from '../../naive/changed-world.ts'
import { expressible } from '../../naive/expressible-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'
import { linesOf } from '../../naive/world-lines.ts'

beforeEach(emptyStorage)

/** What a statement reads from end to end, beside the lines that it is given. */
async function scansOf(statement: string): Promise<string[]> {
  const values = Array.from({ length: statement.split('?').length - 1 }, () => '[]')
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results
    .map(({ detail }) => detail)
    .filter((detail) => /^SCAN (?!\(|CONSTANT|\w+ VIRTUAL|(?:g|o|given)$)/.test(detail))
}

describe.each([false, true])('the statements of a batch, with statistics: %s', (hasStatistics) => {
  it('read no table from end to end', async () => {
    const chance = chanceOf(7)
    const world = expressible(randomWorld(chance))
    const next = expressible(changedWorld(chance, world, randomWorld(chance)))
    const ids = [...world.account_lists, ...next.account_lists].map(({ id }) => id)
    await write(linesOf(world))
    if (hasStatistics) await env.DB.prepare('ANALYZE').run()
    const { DB, calls } = faultyBindings()
    const lines = [...linesOf(next), ...removalsOf(world, next)]
    const options = { binding: DB, ifNewer: true, lists: { all: false, ids } }
    expect((await write(lines, options)).counts.failed).toBe(0)

    const statements = new Set(calls.flatMap((call) => call.statements))
    expect(statements.size).toBeGreaterThan(CONTACT_TABLES.length)
    const scans = await Promise.all([...statements].map(scansOf))
    expect(scans.flat()).toEqual([])
  })
})
