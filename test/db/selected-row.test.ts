import { drizzle } from 'drizzle-orm/d1'
import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { selectedRow } from '../../src/db/selected-row.ts'

const before = sqliteTable('things', {
  id: text('id').primaryKey(),
  isOld: integer('is_old', { mode: 'boolean' }).notNull().default(false),
})

/** The same table after somebody has added columns, one of them in the middle. */
const after = sqliteTable('things', {
  id: text('id').primaryKey(),
  note: text('note'),
  isOld: integer('is_old', { mode: 'boolean' }).notNull().default(false),
  at: text('at')
    .notNull()
    .default(sql`(date('now'))`),
})

it('a selected row has a value for every column, in the order of the table', () => {
  const row = { isOld: true, id: sql`value` }
  const query = (table: typeof before) =>
    drizzle(env.DB)
      .insert(table)
      .select(sql`select ${selectedRow(table, row)} from json_each('[1]')`)
      .toSQL()
  expect(query(before)).toMatchObject({
    sql: `insert into "things" ("id", "is_old") select value, ? from json_each('[1]')`,
    params: [1],
  })
  expect(
    drizzle(env.DB)
      .insert(after)
      .select(sql`select ${selectedRow(after, row)} from json_each('[1]')`)
      .toSQL(),
  ).toMatchObject({
    sql:
      `insert into "things" ("id", "note", "is_old", "at")` +
      ` select value, ?, ?, (date('now')) from json_each('[1]')`,
    params: [null, 1],
  })
})

it('a missing required column is a type error', () => {
  // @ts-expect-error the id has no default
  expect(selectedRow(after, { isOld: true })).toBeDefined()
})
