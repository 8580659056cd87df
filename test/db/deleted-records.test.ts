import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyStorage, insert } from '../helpers/database.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const A = id(1)
const B = id(2)
const A1 = id(3)
const B1 = id(4)
const P1 = id(5)
const P2 = id(6)
const P3 = id(7)
const DONOR = id(8)
const G1 = id(9)
const TASK = id(10)
const APPEAL = id(11)

/** Two account lists: person 1 is of A, person 2 of both, person 3 of none. */
beforeEach(async () => {
  await emptyStorage()
  await insert('account_lists', { id: A }, { id: B })
  await insert(
    'contacts',
    { id: A1, account_list_id: A, name: 'Ann' },
    { id: B1, account_list_id: B, name: 'Ben' },
  )
  await insert('people', { id: P1 }, { id: P2 }, { id: P3 })
  await insert(
    'contact_people',
    { id: id(91), contact_id: A1, person_id: P1 },
    { id: id(92), contact_id: A1, person_id: P2 },
    { id: id(93), contact_id: B1, person_id: P2 },
  )
  await insert('donor_accounts', { id: DONOR })
  await insert(
    'contact_donor_accounts',
    { contact_id: A1, donor_account_id: DONOR },
    { contact_id: B1, donor_account_id: DONOR },
  )
  await insert('donations', { id: G1, donor_account_id: DONOR })
  await insert('tasks', { id: TASK, account_list_id: A })
  await insert('appeals', { id: APPEAL, account_list_id: B })
})

async function tombstones(): Promise<string[][]> {
  const { results } = await env.DB.prepare(
    'SELECT type, id, account_list_id FROM deleted_records ORDER BY 1, 2, 3',
  ).all<Record<string, string>>()
  return results.map((row) => Object.values(row))
}

describe('the tombstones', () => {
  it.each<[string, string[][]]>([
    [
      `DELETE FROM contacts WHERE id = '${A1}'`,
      [
        ['contacts', A1, A],
        ['people', P1, A],
      ],
    ],
    [
      'DELETE FROM contacts',
      [
        ['contacts', A1, A],
        ['contacts', B1, B],
        ['people', P1, A],
        ['people', P2, B],
      ],
    ],
    [
      `REPLACE INTO contacts (id, account_list_id, name) VALUES ('${A1}', '${A}', 'Ann')`,
      [['people', P1, A]],
    ],
    [
      'DELETE FROM people',
      [
        ['people', P1, A],
        ['people', P2, A],
        ['people', P2, B],
        ['people', P3, ''],
      ],
    ],
    [`REPLACE INTO people (id) VALUES ('${P1}')`, []],
    ['DELETE FROM contact_people', []],
    [
      'DELETE FROM donations',
      [
        ['donations', G1, A],
        ['donations', G1, B],
      ],
    ],
    [
      'DELETE FROM donor_accounts',
      [
        ['donations', G1, A],
        ['donations', G1, B],
      ],
    ],
    ['DELETE FROM contact_donor_accounts', []],
    [`DELETE FROM tasks`, [['tasks', TASK, A]]],
    [`DELETE FROM appeals`, [['appeals', APPEAL, B]]],
    [
      `DELETE FROM account_lists WHERE id = '${A}'`,
      [
        ['contacts', A1, A],
        ['people', P1, A],
        ['tasks', TASK, A],
      ],
    ],
    [
      `INSERT INTO contacts (id, account_list_id, name) VALUES ('${A1}', '${B}', 'Ann')
        ON CONFLICT (id) DO UPDATE SET account_list_id = excluded.account_list_id`,
      [],
    ],
  ])('of %s', async (statement, expected) => {
    await env.DB.prepare(statement).run()
    expect(await tombstones()).toEqual(expected)
  })

  it('have the time of the deletion and no other text', async () => {
    await env.DB.prepare('DELETE FROM contacts').run()
    const { results } = await env.DB.prepare('SELECT * FROM deleted_records').all()
    for (const row of results) {
      expect(Object.keys(row)).toEqual(['type', 'id', 'account_list_id', 'deleted_at'])
      expect(row['deleted_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    }
  })

  it.each([
    ['contacts', `(id, account_list_id, name) VALUES ('${A1}', '${B}', 'Ann')`],
    ['people', `(id) VALUES ('${P2}')`],
    ['donations', `(id, donor_account_id) VALUES ('${G1}', '${DONOR}')`],
    ['tasks', `(id, account_list_id) VALUES ('${TASK}', '${A}')`],
    ['appeals', `(id, account_list_id) VALUES ('${APPEAL}', '${B}')`],
  ])('of a row of %s end when it comes again', async (table, values) => {
    for (const verb of ['INSERT', 'INSERT OR IGNORE', 'REPLACE']) {
      await env.DB.batch([
        env.DB.prepare(`DELETE FROM ${table}`),
        env.DB.prepare(`${verb} INTO ${table} ${values}`),
      ])
      const left = (await tombstones()).filter(
        ([type, one]) => type === table && values.includes(`'${one}'`),
      )
      expect(left).toEqual([])
    }
  })

  it('of a person that another contact has too are left when the last one goes', async () => {
    await env.DB.prepare('DELETE FROM contacts WHERE id = ?').bind(B1).run()
    expect(await tombstones()).toEqual([['contacts', B1, B]])
    await env.DB.prepare('DELETE FROM contacts WHERE id = ?').bind(A1).run()
    expect(await tombstones()).toEqual([
      ['contacts', A1, A],
      ['contacts', B1, B],
      ['people', P1, A],
      ['people', P2, A],
    ])
  })
})
