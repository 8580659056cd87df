import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { withCardTriggers } from '../../../scripts/migrations/with-card-triggers.ts'

const migration = readFileSync('migrations/0000_tables.sql', 'utf8')
const database = new DatabaseSync(':memory:')
database.exec(migration)

const textsOf = (query: string, ...values: string[]): readonly string[] =>
  database
    .prepare(query)
    .all(...values)
    .flatMap((row) => Object.values(row).map(String))

/** The statements of a trigger. Its row is bound: EXPLAIN does not look into triggers. */
const statementsOf = (sql: string): readonly string[] =>
  sql
    .slice(sql.indexOf('BEGIN') + 'BEGIN'.length, sql.lastIndexOf('END'))
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\b(?:OLD|NEW)\.`\w+`/g, '?')
    .split(';')
    .filter((statement) => statement.trim() !== '')

const isScan = (step: string) => /^SCAN (?!CONSTANT ROW|\d)/.test(step)

const numberOfCards = () => textsOf('SELECT count(*) FROM contact_cards')

it('the triggers of the migration are those of the list', () => {
  // If not: npm run migrations:triggers
  expect(withCardTriggers(migration)).toBe(migration)
})

describe('a deletion scans no table', () => {
  const triggers = database
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
    .map(({ name, sql }) => ({ name: String(name), sql: String(sql) }))

  const planOf = (statement: string): readonly string[] =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${statement}`)
      .all(...Array.from({ length: statement.split('?').length - 1 }, () => 'x'))
      .map(({ detail }) => String(detail))

  it.each(triggers.filter(({ name }) => /^(?:card_|people_go)/.test(name)))(
    'in the trigger $name',
    ({ sql }) => {
      for (const statement of statementsOf(sql)) {
        expect(planOf(statement).filter(isScan)).toEqual([])
      }
    },
  )

  it.each(['account_lists', 'contacts', 'people', 'donor_accounts'])('of %s by id', (table) => {
    expect(planOf(`DELETE FROM ${table} WHERE id = ?`).filter(isScan)).toEqual([])
  })

  it('for a foreign key, because an index or the primary key begins with its column', () => {
    const keys = database
      .prepare(
        `SELECT tables.name AS name, keys."from" AS first FROM pragma_table_list AS tables
         JOIN pragma_foreign_key_list(tables.name) AS keys WHERE tables.schema = 'main'`,
      )
      .all()
    expect(keys.length).toBeGreaterThan(25)
    for (const { name, first } of keys) {
      const beginnings = textsOf(
        `SELECT columns.name FROM pragma_index_list(?) AS indexes
         JOIN pragma_index_info(indexes.name) AS columns WHERE columns.seqno = 0
         AND indexes.partial = 0`,
        String(name),
      )
      expect({ name, beginnings }).toEqual({
        name,
        beginnings: expect.arrayContaining([String(first)]),
      })
    }
  })
})

describe('a write of what no card contains', () => {
  const CARD = `INSERT INTO contact_cards SELECT account_list_id, name, id, 1, '[]' FROM contacts`

  beforeAll(() => {
    database.exec(`
      INSERT INTO account_lists (id) VALUES ('l');
      INSERT INTO contacts (id, account_list_id, name) VALUES ('c', 'l', 'Ann');
      INSERT INTO people (id) VALUES ('p');
      INSERT INTO contact_people (id, contact_id, person_id) VALUES ('m', 'c', 'p');
      INSERT INTO email_addresses (id, person_id, email) VALUES ('e', 'p', 'ann@example.org');
      INSERT INTO addresses (id, contact_id, city) VALUES ('a', 'c', 'Springfield');
      ${CARD}`)
  })

  it.each([
    `UPDATE contacts SET notes = 'new', late_at = '2022-01-12', status_valid = 0`,
    `UPDATE contacts SET name = 'Ann', status = NULL`,
    `INSERT INTO contacts (id, account_list_id, name) VALUES ('c', 'l', 'Ann')
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, updated_at = '2022-01-12T00:00:00Z'`,
    `INSERT OR IGNORE INTO contacts (id, account_list_id, name) VALUES ('c', 'l', 'Ann')`,
    `UPDATE people SET updated_at = '2022-01-12T00:00:00Z', first_name = NULL`,
    `UPDATE email_addresses SET valid_values = 0, location = 'home'`,
    `INSERT INTO email_addresses (id, person_id, email) VALUES ('e', 'p', 'ann@example.org')
      ON CONFLICT (id) DO UPDATE SET email = excluded.email`,
    `INSERT INTO addresses (id, contact_id, city) VALUES ('a', 'c', 'Springfield')
      ON CONFLICT (id) DO UPDATE SET city = excluded.city, region = 'North'`,
    `UPDATE account_lists SET home_country = 'Canada'`,
    `INSERT INTO partner_status_logs (id, contact_id) VALUES ('s', 'c')`,
  ])('leaves the card: %s', (write) => {
    database.exec(write)
    expect(numberOfCards()).toEqual(['1'])
  })
})
