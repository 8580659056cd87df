import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  addContact,
  addList,
  addPerson,
  LIST,
  newId,
  OTHER_LIST,
} from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(emptyStorage)

/** The tables of the data model, as its page has them. */
const COLUMNS = {
  account_lists: 'id name home_country default_currency created_at updated_at',
  account_list_users: 'account_list_id user_id',
  account_list_designation_accounts: 'account_list_id designation_account_id',
  contacts:
    'id account_list_id name status greeting envelope_greeting is_organization church_name likely_to_give locale timezone notes send_newsletter pledge_amount pledge_currency pledge_frequency pledge_received pledge_start_date late_at no_appeals status_valid total_donations first_donation_date last_donation_date created_at updated_at',
  contact_tags: 'contact_id name',
  contact_referrals: 'id referred_by_id referred_to_id created_at',
  partner_status_logs:
    'id contact_id recorded_on status pledge_amount pledge_currency pledge_frequency pledge_received',
  people: 'id first_name last_name gender deceased created_at updated_at',
  contact_people: 'id contact_id person_id is_primary created_at',
  email_addresses: 'id person_id email location is_primary historic valid_values created_at',
  phone_numbers: 'id person_id number location is_primary historic valid_values created_at',
  person_facebook_accounts: 'id person_id username',
  addresses:
    'id contact_id street city state country postal_code region metro_area location primary_mailing_address historic deleted valid_values created_at',
  designation_accounts: 'id designation_number name',
  donor_accounts: 'id account_number name master_company_id',
  contact_donor_accounts: 'contact_id donor_account_id',
  donations:
    'id donor_account_id designation_account_id appeal_id amount currency donation_date created_at',
  donation_amount_recommendations:
    'id donor_account_id designation_account_id suggested_pledge_amount suggested_special_amount started_at ask_at',
  appeals: 'id account_list_id name created_at',
  appeal_contacts: 'appeal_id contact_id',
  tasks:
    'id account_list_id subject activity_type start_at completed completed_at created_at updated_at',
  task_contacts: 'task_id contact_id',
  export_logs: 'id type params user_id export_at created_at updated_at updated_in_db_at',
}

const count = (table: string) => env.DB.prepare(`SELECT count(*) FROM ${table}`).first('count(*)')
const run = (sql: string, ...values: string[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()

/** Tables with a numeric key, or with large rows: a lookup in a table without rowids loads whole rows. */
const withRowids = new Set(['export_logs', 'sweep_progress', 'sync_guard'])

describe('the migrations', () => {
  it('drop no table, because on D1 that deletes rows of other tables', () => {
    for (const { queries } of env.MIGRATIONS) {
      expect(queries.join('\n')).not.toMatch(/drop\s+table/i)
    }
  })

  it('make every table strict, and without rowids unless its key is a number or its rows are large', async () => {
    const { results } = await env.DB.prepare(
      `SELECT name, wr, strict FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'
      AND name <> 'd1_migrations' ORDER BY name`,
    ).all<{ name: string; wr: number; strict: number }>()
    expect(results.length).toBeGreaterThan(25)
    for (const { name, wr, strict } of results) {
      expect({ name, wr, strict }).toEqual({
        name,
        wr: withRowids.has(name) ? 0 : 1,
        strict: 1,
      })
    }
  })

  it('create a table after those that it references, so that a dump can be imported', () => {
    const created = new Set<string>()
    const statements = env.MIGRATIONS.flatMap(({ queries }) => queries)
    for (const statement of statements) {
      for (const [, table = ''] of statement.matchAll(/REFERENCES `(\w+)`/g)) {
        expect(created).toContain(table)
      }
      const [, name] = /CREATE TABLE `(\w+)`/.exec(statement) ?? []
      if (name) created.add(name)
    }
    expect(created.size).toBeGreaterThan(25)
  })

  it.each(Object.entries(COLUMNS))('make %s', async (table, columns) => {
    const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info(?)`)
      .bind(table)
      .all<{ name: string }>()
    expect(results.map(({ name }) => name)).toEqual(expect.arrayContaining(columns.split(' ')))
  })
})

describe('an insert', () => {
  it('needs only keys, owners and names', async () => {
    await addList()
    const contact_id = await addContact()
    const person_id = await addPerson(contact_id)
    const donor_account_id = await add('donor_accounts', {})
    const task_id = await add('tasks', { account_list_id: LIST })
    const appeal_id = await add('appeals', { account_list_id: LIST })
    await insert('contact_tags', { contact_id, name: '' })
    await insert('contact_donor_accounts', { contact_id, donor_account_id })
    await insert('task_contacts', { task_id, contact_id })
    await insert('appeal_contacts', { appeal_id, contact_id })
    await add('contact_referrals', { referred_by_id: contact_id, referred_to_id: contact_id })
    await add('partner_status_logs', { contact_id })
    await add('email_addresses', { person_id })
    await add('phone_numbers', { person_id })
    await add('person_facebook_accounts', { person_id })
    await add('addresses', { contact_id })
    await add('donations', { donor_account_id })
    await add('donation_amount_recommendations', { donor_account_id })
    await add('export_logs', { user_id: 'somebody' })
    expect(await env.DB.prepare('SELECT * FROM contacts').first()).toMatchObject({
      status: null,
      is_organization: 0,
      pledge_received: 0,
      status_valid: 1,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect(await env.DB.prepare('SELECT * FROM addresses').first('valid_values')).toBe(1)
    expect(
      await env.DB.prepare('SELECT * FROM partner_status_logs').first('pledge_received'),
    ).toBeNull()
  })

  it.each([
    ['late_at', '2022-02-30', false],
    ['late_at', '2022-1-2', false],
    ['late_at', '2022-01-12T00:00:00Z', false],
    ['late_at', '2024-02-29', true],
    ['late_at', '-2022-01-12', false],
    ['late_at', '2022-01-12 ', false],
    ['late_at', '', false],
    ['late_at', null, true],
    ['created_at', '2022-02-30T00:00:00Z', false],
    ['created_at', '2022-01-12T17:18:07.5Z', false],
    ['created_at', '2022-01-12 17:18:07', false],
    ['created_at', '2022-01-12T17:18:07+00:00', false],
    ['created_at', '-2022-01-12T17:18:07Z', false],
    ['created_at', '2022-01-12T24:00:00Z', false],
    ['created_at', '2022-01-12T17:18:07Z', true],
    ['no_appeals', 2, false],
    ['no_appeals', null, false],
    ['no_appeals', 1, true],
    ['status', '', true],
    ['status', 'any word', true],
    ['send_newsletter', 'any word', true],
  ])('with %s = %j is taken: %s', async (column, value, taken) => {
    await addList()
    const outcome = await addContact({ [column]: value }).then(
      () => true,
      () => false,
    )
    expect(outcome).toBe(taken)
  })

  it('can be repeated as an update, which keeps what the row owns', async () => {
    await addList()
    const id = await addContact()
    await insert('contact_tags', { contact_id: id, name: 'a' })
    await run(
      `INSERT INTO contacts (id, account_list_id, name) VALUES (?, ?, 'new') ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
      id,
      LIST,
    )
    expect([await count('contacts'), await count('contact_tags')]).toEqual([1, 1])
  })

  it('of the same person in the same contact is refused', async () => {
    await addList()
    const contact_id = await addContact()
    const person_id = await addPerson(contact_id)
    await expect(add('contact_people', { contact_id, person_id })).rejects.toThrow('UNIQUE')
  })
})

describe('a deletion', () => {
  it('of an account list deletes all that it owns, and its people', async () => {
    await addList()
    await addList(OTHER_LIST)
    const contact_id = await addContact()
    const person_id = await addPerson(contact_id)
    await addPerson(await addContact({ account_list_id: OTHER_LIST }))
    await add('email_addresses', { person_id })
    await add('addresses', { contact_id })
    const task_id = await add('tasks', { account_list_id: LIST })
    await insert('task_contacts', { task_id, contact_id })
    await run('DELETE FROM account_lists WHERE id = ?', LIST)
    for (const table of ['email_addresses', 'addresses', 'tasks', 'task_contacts']) {
      expect([table, await count(table)]).toEqual([table, 0])
    }
    expect([await count('contacts'), await count('people')]).toEqual([1, 1])
  })

  it('of a contact deletes the people that no other contact has', async () => {
    await addList()
    const [one, two] = [await addContact(), await addContact()]
    const own = await addPerson(one)
    const shared = await addPerson(one)
    await add('contact_people', { contact_id: two, person_id: shared })
    await run('DELETE FROM contacts WHERE id = ?', one)
    const { results } = await env.DB.prepare('SELECT id FROM people').all()
    expect(results).toEqual([{ id: shared }])
    expect(own).not.toBe(shared)
    await run('DELETE FROM contacts WHERE id = ?', two)
    expect(await count('people')).toBe(0)
  })

  it('of several contacts at once deletes the people that only they have', async () => {
    await addList()
    const [one, two, three] = [await addContact(), await addContact(), await addContact()]
    const among = await addPerson(one)
    await add('contact_people', { contact_id: two, person_id: among })
    await add('email_addresses', { person_id: among })
    const beyond = await addPerson(two)
    await add('contact_people', { contact_id: three, person_id: beyond })
    await run('DELETE FROM contacts WHERE id IN (?, ?)', one, two)
    const { results } = await env.DB.prepare('SELECT id FROM people').all()
    expect(results).toEqual([{ id: beyond }])
    expect(await count('email_addresses')).toBe(0)
    await run('DELETE FROM account_lists')
    expect(await count('people')).toBe(0)
  })

  it('by REPLACE deletes all that the row owns, too', async () => {
    await addList()
    const contact_id = await addContact()
    await addPerson(contact_id)
    await insert('contact_tags', { contact_id, name: 'a' })
    await run(
      `REPLACE INTO contacts (id, account_list_id, name) VALUES (?, ?, 'new')`,
      contact_id,
      LIST,
    )
    for (const table of ['contact_tags', 'contact_people', 'people']) {
      expect([table, await count(table)]).toEqual([table, 0])
    }
    await addPerson(contact_id)
    await run('REPLACE INTO account_lists (id) VALUES (?)', LIST)
    expect([await count('contacts'), await count('people')]).toEqual([0, 0])
  })

  it('of the row between a contact and a person leaves the person', async () => {
    await addList()
    await addPerson(await addContact())
    await run('DELETE FROM contact_people')
    expect(await count('people')).toBe(1)
  })

  it('of a designation account or an appeal leaves the gifts', async () => {
    await addList()
    const contact_id = await addContact()
    const donor_account_id = await add('donor_accounts', {})
    const designation_account_id = await add('designation_accounts', {})
    const appeal_id = await add('appeals', { account_list_id: LIST })
    await insert('account_list_designation_accounts', {
      account_list_id: LIST,
      designation_account_id,
    })
    await insert('appeal_contacts', { appeal_id, contact_id })
    await add('donations', { donor_account_id, designation_account_id, appeal_id })
    await add('donation_amount_recommendations', { donor_account_id, designation_account_id })
    await run('DELETE FROM designation_accounts')
    await run('DELETE FROM appeals')
    const gift = await env.DB.prepare('SELECT * FROM donations').first()
    expect(gift).toMatchObject({ designation_account_id: null, appeal_id: null })
    const recommendation = await env.DB.prepare(
      'SELECT * FROM donation_amount_recommendations',
    ).first()
    expect(recommendation).toMatchObject({ designation_account_id: null })
    expect(await count('account_list_designation_accounts')).toBe(0)
    expect(await count('appeal_contacts')).toBe(0)
    await run('DELETE FROM donor_accounts')
    expect([await count('donations'), await count('contacts')]).toEqual([0, 1])
    expect(newId()).not.toBe(contact_id)
  })
})
