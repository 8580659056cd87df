import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { contactRow } from '../../../src/contacts/reading/rows/contact-row.ts'
import { SHORT_TEXT_BYTES } from '../../../src/contacts/reading/rows/text-marks.ts'
import { contacts } from '../../../src/db/schema/index.ts'
import { randomWrite, type Chance } from './random-writes.ts'

const SEEDS = Number(process.env['CARD_SEEDS'] ?? 4)
const FIRST_SEED = Number(process.env['CARD_SEED'] ?? Date.now() % 1_000_000)
const WRITES = 1500

const migration = readFileSync('migrations/0000_tables.sql', 'utf8')

const freshCards = new SQLiteSyncDialect().sqlToQuery(
  sql`select ${contacts.accountListId} as account_list_id, ${contacts.name} as name,
    ${contacts.id} as contact_id, 1 as version, ${contactRow(SHORT_TEXT_BYTES)} as row
  from ${contacts}`.inlineParams(),
).sql

const MAKE = `INSERT INTO contact_cards SELECT * FROM (${freshCards}) AS fresh WHERE true
  ON CONFLICT DO NOTHING`

/** Cards that are not what would be made now. */
const STALE = `SELECT * FROM contact_cards EXCEPT SELECT * FROM (${freshCards})`

const CARDS = 'SELECT account_list_id, name, contact_id FROM contact_cards'

/** A small generator of random numbers (mulberry32). */
function chanceOf(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0
  }
}

function openedDatabase(foreignKeys: 'ON' | 'OFF'): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(migration)
  database.exec(`PRAGMA foreign_keys = ${foreignKeys}`)
  return database
}

/** @returns whether it kept the constraints */
function tryWrite(database: DatabaseSync, write: string): boolean {
  try {
    database.exec(write)
    return true
  } catch (error) {
    if (/constraint failed/.test(String(error))) return false
    throw new Error(write, { cause: error })
  }
}

const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index)

describe.each(['ON', 'OFF'] as const)('with foreign keys %s', (foreignKeys) => {
  it.each(seeds)('no card is out of date after any of many random writes, seed %d', (seed) => {
    const chance = chanceOf(seed)
    const database = openedDatabase(foreignKeys)
    const make = database.prepare(MAKE)
    const stale = database.prepare(STALE)
    const cards = database.prepare(CARDS)
    let written = 0
    let deleted = 0
    for (let index = 0; index < WRITES; index += 1) {
      make.run()
      const before = cards.all().length
      const write = randomWrite(chance)
      if (tryWrite(database, write)) written += 1
      expect({ write, stale: stale.all() }).toEqual({ write, stale: [] })
      if (cards.all().length < before) deleted += 1
    }
    expect(written).toBeGreaterThan(WRITES / 4)
    expect(deleted).toBeGreaterThan(WRITES / 10)
  })
})
