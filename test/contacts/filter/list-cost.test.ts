import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { openSelection } from '../../../src/contacts/reading/selection/load-stretch.ts'
import { selectedPages } from '../../../src/contacts/reading/selection/selected-pages.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { insertWorld } from '../../naive/insert-world.ts'
import { chanceOf, randomWorld } from '../../naive/random-world.ts'

const TODAY = '2026-01-31'
const CONTACTS = 1000
const VALUES = 3000

const uuids = Array.from({ length: VALUES }, () => crypto.randomUUID())
const words = Array.from({ length: 50 }, (_, index) => `word ${index}`)
const numbers = Array.from({ length: 200 }, (_, index) => index + 0.5)

/** For each key that takes a list one value, and as many as may be given. */
const LISTS: Readonly<Record<string, readonly [one: unknown, many: unknown]>> = {
  ids: [uuids[0], uuids],
  not_ids: [uuids[0], uuids],
  referrer: [uuids[0], uuids],
  designation_account_id: [uuids[0], uuids],
  appeal: [uuids[0], uuids],
  tags: [words[0], words],
  exclude_tags: [words[0], words],
  ...Object.fromEntries(
    ['pledge_amount', 'pledge_frequency', 'donation_amount'].map((key) => [
      key,
      [numbers[0], numbers],
    ]),
  ),
  ...Object.fromEntries(
    [
      'status',
      'likely',
      'church',
      'locale',
      'timezone',
      'pledge_currency',
      'related_task_action',
      'city',
      'state',
      'country',
      'region',
      'metro_area',
    ].map((key) => [key, [words[0], words]]),
  ),
}

/** A list with contacts that have all kinds of rows, several of each. */
beforeEach(async () => {
  await emptyStorage()
  const world = randomWorld(chanceOf(1))
  await insertWorld(world)
  await env.DB.batch([
    env.DB.prepare('INSERT INTO account_lists (id) VALUES (?)').bind(LIST),
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${CONTACTS})
       SELECT printf('c0000000-0000-4000-8000-%012d', i), ?, 'Name ' || i FROM number`,
    ).bind(LIST),
    env.DB.prepare(
      `INSERT INTO contact_tags SELECT id, 'a tag' FROM contacts WHERE account_list_id = ?`,
    ).bind(LIST),
    env.DB.prepare(
      `INSERT INTO appeal_contacts SELECT appeals.id, contacts.id FROM appeals, contacts WHERE contacts.account_list_id = ?`,
    ).bind(LIST),
    env.DB.prepare(
      `INSERT INTO task_contacts SELECT tasks.id, contacts.id FROM (SELECT id FROM tasks LIMIT 3) AS tasks, contacts
       WHERE account_list_id = ?`,
    ).bind(LIST),
    env.DB.prepare(
      `INSERT INTO addresses (id, contact_id, city) SELECT 'a' || substr(id, 2), id, 'x' FROM contacts WHERE account_list_id = ?`,
    ).bind(LIST),
    env.DB.prepare(
      `INSERT INTO contact_donor_accounts SELECT contacts.id, donors.id
       FROM (SELECT id FROM donor_accounts LIMIT 2) AS donors, contacts WHERE account_list_id = ?`,
    ).bind(LIST),
  ])
})

async function rowsRead(filter: Readonly<Record<string, unknown>>): Promise<number> {
  const read = readFilter({ status: 'null', ...filter }, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const database = openDatabase(env.DB)
  const selection = { accountListIds: [LIST], filter: read.filter, today: TODAY }
  for await (const page of selectedPages(database, openSelection(selection))) void page
  return database.cost.rowsRead
}

it.each(Object.entries(LISTS))('%s reads its list once', async (key, [one, many]) => {
  const repeated = Array.from({ length: VALUES }, () => one)
  for (const mode of [{}, { [`reverse_${key}`]: true }, { any_filter: true }]) {
    const least = await rowsRead({ [key]: one, ...mode })
    expect(await rowsRead({ [key]: repeated, ...mode })).toBe(least)
    // Each value is read once, and put where it can be looked up.
    const length = Array.isArray(many) ? many.length : 1
    expect(await rowsRead({ [key]: many, ...mode })).toBeLessThanOrEqual(least + 3 * length)
  }
})
