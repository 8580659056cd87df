import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addContact, addList, addPerson, LIST, newId, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { differences, tablesNow, wholeTables } from '../../helpers/tables.ts'
import { interrupted } from '../../helpers/interrupted-database.ts'
import { write } from '../../helpers/write-test-lines.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const contact = (id: string, attributes: object = {}) => ({ type: 'contacts', id, attributes })
const newContact = (id: string, attributes: object = {}) =>
  contact(id, { account_list_id: LIST, name: 'Doe', ...attributes })

const first = async (query: string, ...values: string[]): Promise<unknown> =>
  Object.values(
    (await env.DB.prepare(query)
      .bind(...values)
      .first()) ?? {},
  )[0]

describe('lines', () => {
  it('are written in order, also when they are about the same row', async () => {
    const [id, person] = [newId(), newId()]
    const { counts } = await write([
      newContact(id, { status: 'a', tags: ['x'] }),
      contact(id, { status: 'b', people: [{ id: person, first_name: 'Ann' }] }),
      { type: 'contacts', id, removed: true },
      newContact(id, { notes: 'again' }),
      contact(id, { people: [{ id: person }] }),
    ])
    expect(counts).toMatchObject({ created: 2, updated: 2, removed: 1, failed: 0 })
    expect(await first('SELECT status FROM contacts')).toBeNull()
    expect(await first('SELECT first_name FROM people')).toBeNull()
    expect(await first('SELECT count(*) FROM contact_tags')).toBe(0)
  })

  it('share a person whom two of a batch name', async () => {
    const [one, other, person, email] = [newId(), newId(), newId(), newId()]
    const people = (members: object) => ({ people: [{ id: person, ...members }] })
    await write([
      newContact(one, people({ first_name: 'Ann', email_addresses: [{ id: email }] })),
      newContact(other, people({ last_name: 'Doe', email_addresses: [] })),
    ])
    expect(await first('SELECT first_name FROM people')).toBe('Ann')
    expect(await first('SELECT last_name FROM people')).toBe('Doe')
    expect(await first('SELECT count(*) FROM email_addresses')).toBe(0)
    expect(await first('SELECT count(*) FROM contact_people')).toBe(2)
  })

  it('remove the people of a contact, and make them again in a later line', async () => {
    const id = await addContact()
    const person = await addPerson(id, { first_name: 'Ann', last_name: 'Doe' })
    const other = newId()
    await write([
      { type: 'contacts', id, removed: true },
      newContact(other, { people: [{ id: person, first_name: 'Jo' }] }),
    ])
    expect(await first('SELECT last_name FROM people')).toBeNull()
    expect(await first('SELECT first_name FROM people')).toBe('Jo')
  })

  it('refer to what comes earlier, and not to what comes later or is removed', async () => {
    const [list, donor, one, other] = [newId(), newId(), newId(), newId()]
    const { failures, counts } = await write([
      { type: 'account_lists', id: list },
      { type: 'donor_accounts', id: donor },
      newContact(one, { account_list_id: list, donor_accounts: [donor] }),
      newContact(other, { referred_by: [one] }),
      { type: 'donations', id: newId(), attributes: { donor_account_id: newId() } },
      { type: 'donor_accounts', id: donor, removed: true },
      { type: 'donations', id: newId(), attributes: { donor_account_id: donor } },
    ])
    expect(counts).toMatchObject({ created: 4, removed: 1, failed: 2 })
    expect(failures.map(({ line }) => line)).toEqual([5, 7])
  })

  it('set the time of the last change where something else has changed', async () => {
    const old = '2020-01-01T00:00:00Z'
    const id = await addContact({ updated_at: old })
    const updatedAt = () => first('SELECT updated_at FROM contacts WHERE id = ?', id)
    await write([contact(id, { name: 'Smith, John', tags: ['new'] })])
    expect(await updatedAt()).toBe(old)
    await write([contact(id, { name: 'Other' })])
    expect(await updatedAt()).not.toBe(old)
    await write([contact(id, { name: 'Third', updated_at: '2021-01-01T00:00:00+01:00' })])
    expect(await updatedAt()).toBe('2020-12-31T23:00:00Z')
  })

  it('compare long texts where they are stored', async () => {
    const id = await addContact({ notes: 'ä'.repeat(5000), name: 'N'.repeat(300) })
    const send = async (notes: string) => (await write([contact(id, { notes })])).counts
    expect(await send('ä'.repeat(5000))).toMatchObject({ unchanged: 1 })
    expect(await send(`${'ä'.repeat(4999)}ö`)).toMatchObject({ updated: 1 })
    expect(await send(`${'ä'.repeat(4999)}ö`)).toMatchObject({ unchanged: 1 })
    expect(await send('short')).toMatchObject({ updated: 1 })
    expect(await first('SELECT notes FROM contacts')).toBe('short')
    expect(await first('SELECT length(name) FROM contacts')).toBe(300)
  })

  it('keep numbers exactly', async () => {
    const id = await addContact()
    for (const amount of [0.1 + 0.2, 1 / 3, 1e21, 5e-324, 1.7976931348623157e308, -0, 123456.78]) {
      const line = contact(id, { pledge_amount: amount })
      await write([line])
      expect(await first('SELECT pledge_amount FROM contacts')).toBe(amount === 0 ? 0 : amount)
      expect((await write([line])).counts.unchanged).toBe(1)
    }
  })

  it('move a contact with all that is its own between account lists', async () => {
    await addList(OTHER_LIST)
    const id = await addContact()
    const lists = { all: false, ids: [LIST, OTHER_LIST] } as const
    await write([contact(id, { account_list_id: OTHER_LIST })], { lists })
    expect(await first('SELECT account_list_id FROM contacts')).toBe(OTHER_LIST)
  })

  it('are refused one by one, and the others are written', async () => {
    const ids = Array.from({ length: 40 }, () => newId())
    const lines = ids.map((id, index) =>
      newContact(id, index % 7 === 3 ? { donor_accounts: [newId()] } : {}),
    )
    const { counts, failures } = await write(lines)
    expect(counts).toMatchObject({ lines: 40, linesDone: 40, created: 34, failed: 6 })
    expect(failures.map(({ line }) => line)).toEqual([4, 11, 18, 25, 32, 39])
    expect(failures[0]).toMatchObject({ id: ids[3], text: JSON.stringify(lines[3]) })
  })
})

describe('on_error=stop', () => {
  it('writes nothing after the first line that is refused', async () => {
    for (const bad of ['{"type":', newContact(newId(), { donor_accounts: [newId()] })]) {
      await emptyStorage()
      await addList()
      const lines = [newContact(newId()), bad, newContact(newId())]
      const { counts, end } = await write(lines, { onError: 'stop' })
      expect(end).toEqual({ state: 'stopped' })
      expect(counts).toMatchObject({ created: 1, failed: 1, linesDone: 2 })
      expect(await first('SELECT count(*) FROM contacts')).toBe(1)
    }
  })
})

describe('dry_run=true', () => {
  it('writes nothing, and counts what the run would do', async () => {
    const [list, donor, id] = [newId(), newId(), newId()]
    const known = await addContact({ status: 'a' })
    const gone = await addContact()
    const lines = [
      { type: 'account_lists', id: list },
      { type: 'donor_accounts', id: donor },
      newContact(id, { account_list_id: list, donor_accounts: [donor], tags: ['a'] }),
      contact(known, { status: 'b' }),
      contact(known, { status: 'b' }),
      { type: 'contacts', id: gone, removed: true },
      contact(gone, { status: 'x' }),
      newContact(newId(), { donor_accounts: [newId()] }),
    ]
    const before = await wholeTables()
    const dry = await write(lines, { dryRun: true })
    expect(differences(before, await wholeTables())).toEqual({})
    const real = await write(lines)
    expect(real.counts).toMatchObject({
      created: 3,
      updated: 1,
      unchanged: 1,
      removed: 1,
      failed: 2,
    })
    expect(dry.counts).toEqual(real.counts)
    expect(dry.failures).toEqual(real.failures)
  })

  it('knows that a row which it would remove has been deleted just now', async () => {
    const id = newId()
    const old = newContact(id, { updated_at: '2022-01-01T00:00:00Z' })
    const lines = [old, old, { type: 'contacts', id, removed: true }, old]
    const dry = await write(lines, { dryRun: true, ifNewer: true })
    expect(dry.counts).toMatchObject({ created: 1, unchanged: 1, removed: 1, outdated: 1 })
    expect((await write(lines, { ifNewer: true })).counts).toEqual(dry.counts)
  })
})

describe('if_newer=true', () => {
  it('skips what is older than the stored row or than a later deletion', async () => {
    const id = await addContact({ updated_at: '2022-01-01T00:00:00Z' })
    const removed = await addContact()
    await env.DB.prepare('DELETE FROM contacts WHERE id = ?').bind(removed).run()
    const before = await tablesNow()
    const { counts } = await write(
      [
        contact(id, { name: 'Old', updated_at: '2021-12-31T23:59:59Z' }),
        newContact(removed, { updated_at: '2021-12-31T23:59:59Z' }),
      ],
      { ifNewer: true },
    )
    expect(counts).toMatchObject({ outdated: 2, created: 0, updated: 0 })
    expect(differences(before, await tablesNow())).toEqual({})
    const newer = await write(
      [
        contact(id, { name: 'New', updated_at: '2022-01-01T00:00:00Z' }),
        newContact(removed, { updated_at: '2999-01-01T00:00:00Z' }),
        contact(id, { name: 'Newest' }),
      ],
      { ifNewer: true },
    )
    expect(newer.counts).toMatchObject({ outdated: 0, created: 1, updated: 2 })
  })
})

describe('a row that changes between reading and writing', () => {
  it('is not written when it has become foreign', async () => {
    await addList(OTHER_LIST)
    const id = await addContact()
    const binding = interrupted(() =>
      env.DB.prepare('UPDATE contacts SET account_list_id = ?').bind(OTHER_LIST).run(),
    )
    const lines = [contact(id, { name: 'Taken' }), newContact(newId())]
    const result = await write(lines, { binding, lists: { all: false, ids: [LIST] } })
    expect(result.failures).toMatchObject([{ line: 1, errors: [{ status: '404' }] }])
    expect(result.counts).toMatchObject({ created: 1, failed: 1 })
    expect(await first('SELECT name FROM contacts WHERE id = ?', id)).toBe('Smith, John')
  })

  it('is refused when what it refers to has gone', async () => {
    const donor = newId()
    await insert('donor_accounts', { id: donor })
    const binding = interrupted(() => env.DB.prepare('DELETE FROM donor_accounts').run())
    const lines = [
      newContact(newId()),
      { type: 'donations', id: newId(), attributes: { donor_account_id: donor } },
    ]
    const result = await write(lines, { binding })
    expect(result.failures).toMatchObject([{ line: 2, errors: [{ status: '404' }] }])
    expect(result.counts).toMatchObject({ created: 1, failed: 1 })
  })
})
