import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { OTHER_USER, USER } from '../helpers/api.ts'
import { newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(emptyStorage)

const run = (sql: string, ...values: (string | null)[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()

/** What is counted, as `[user, type, logs, bytes]`. */
const counted = async () =>
  (await env.DB.prepare('SELECT * FROM export_log_usage ORDER BY user_id, type').raw()).map(
    (row) => row,
  )

/** The same as the rows themselves say it. */
const actual = () =>
  env.DB.prepare(
    `SELECT user_id, coalesce(type, ''), count(*), sum(coalesce(length(CAST(params AS BLOB)), 0))
     FROM export_logs GROUP BY 1, 2 ORDER BY 1, 2`,
  ).raw()

/** What other programs do to the rows of two users; `?1` is the id of a log of the first. */
const ID = newId()
const row = (user: string, type: string | null, params: string | null, id = newId()) => ({
  id,
  user_id: user,
  type,
  params,
})

const statements: [string, string[]][] = [
  ['an INSERT', [`INSERT INTO export_logs (id, user_id) VALUES ('${newId()}', '${USER}')`]],
  ['a DELETE', ['DELETE FROM export_logs WHERE id = ?1']],
  ['a DELETE of all', ['DELETE FROM export_logs']],
  ['an UPDATE of params', [`UPDATE export_logs SET params = '{"ö":"€"}' WHERE id = ?1`]],
  ['an UPDATE of params to NULL', ['UPDATE export_logs SET params = NULL']],
  ['an UPDATE of the type', [`UPDATE export_logs SET type = 'Other'`]],
  ['an UPDATE of the user', [`UPDATE export_logs SET user_id = '${OTHER_USER}' WHERE id = ?1`]],
  ['an UPDATE of the id', [`UPDATE export_logs SET id = '${newId()}' WHERE id = ?1`]],
  [
    'a REPLACE',
    [`REPLACE INTO export_logs (id, user_id, params) VALUES ('${ID}', '${USER}', '{"x":1}')`],
  ],
  [
    'a REPLACE by another user’s log',
    [`INSERT OR REPLACE INTO export_logs (id, user_id) VALUES ('${ID}', '${OTHER_USER}')`],
  ],
  [
    'a REPLACE of every row by itself',
    [
      'REPLACE INTO export_logs SELECT * FROM export_logs',
      'REPLACE INTO export_logs SELECT * FROM export_logs',
    ],
  ],
  [
    'an INSERT that is ignored, and a DELETE and an INSERT after it',
    [
      `INSERT OR IGNORE INTO export_logs (id, user_id) VALUES ('${ID}', '${OTHER_USER}')`,
      'DELETE FROM export_logs WHERE id = ?1',
      `INSERT INTO export_logs (id, user_id) VALUES ('${ID}', '${OTHER_USER}')`,
    ],
  ],
  [
    'an upsert',
    [
      `INSERT INTO export_logs (id, user_id, params) VALUES ('${ID}', '${OTHER_USER}', '{"a":1}')
       ON CONFLICT (id) DO UPDATE SET params = excluded.params, user_id = excluded.user_id`,
    ],
  ],
  [
    'an upsert that does nothing',
    [`INSERT INTO export_logs (id, user_id) VALUES ('${ID}', '${USER}') ON CONFLICT DO NOTHING`],
  ],
]

describe('the usage of a user’s logs', () => {
  it('is counted by user and type, in bytes', async () => {
    await insert(
      'export_logs',
      row(USER, 'Contacts', '{"ä":"😀"}'),
      row(USER, 'Contacts', null),
      row(USER, null, '{}'),
      row(OTHER_USER, 'Contacts', '{}'),
    )
    expect(await counted()).toEqual([
      [USER, '', 1, 2],
      [USER, 'Contacts', 2, 13],
      [OTHER_USER, 'Contacts', 1, 2],
    ])
  })

  it.each(statements)('is right after %s', async (_, all) => {
    await insert(
      'export_logs',
      row(USER, 'Contacts', '{"ä":"😀"}', ID),
      row(USER, 'Contacts', '{}'),
      row(USER, 'Contacts Mailing', '{}'),
      row(OTHER_USER, null, '{"long":"er"}'),
    )
    for (const sql of all) {
      await (sql.includes('?1') ? run(sql, ID) : run(sql))
      expect(await counted()).toEqual(await actual())
    }
  })
})
