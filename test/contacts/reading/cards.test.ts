import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { contactReading } from '../../../src/contacts/reading/read-contacts.ts'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { openDatabase } from '../../../src/db/client.ts'
import { USER } from '../../helpers/api.ts'
import { addContact, addList, addPerson, LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { csvRows, download, logOf } from '../../helpers/files.ts'
import { limitedDatabase } from '../../helpers/limited-database.ts'
import { chanceOf } from '../../naive/random-world.ts'
import { randomWrite } from '../../scripts/cards/random-writes.ts'

const TODAY = '2026-01-31'

beforeEach(emptyStorage)

const cards = async () =>
  (await env.DB.prepare('SELECT count(*) AS number FROM contact_cards').first<number>('number')) ??
  0

/** The cells of a new file. */
async function cells(bindings: Parameters<typeof download>[2] = {}) {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { text } = await download(await logOf({}), 'csv', bindings)
  log.mockRestore()
  return csvRows(text).slice(1)
}

/** The same without making cards, and without any. */
async function cellsWithoutCards() {
  await env.DB.prepare('DELETE FROM contact_cards').run()
  const { bindings } = limitedDatabase((sql) =>
    sql.includes('insert into "contact_cards"')
      ? new Error('D1_ERROR: database or disk is full: SQLITE_FULL')
      : undefined,
  )
  const found = await cells({ bindings })
  expect(await cards()).toBe(0)
  return found
}

/** Random writes often violate a constraint. */
function ignoreConstraint(error: unknown): void {
  if (!/constraint failed/.test(String(error))) throw error
}

async function addContacts(count: number): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ?)
       SELECT printf('c0000000-0000-4000-8000-%012d', (i * 7919) % 100003), ?,
         printf('Name %05d', i) FROM number`,
    ).bind(count, LIST),
    env.DB.prepare(`INSERT INTO contact_tags SELECT id, 'a tag' FROM contacts`),
  ])
}

describe('a file', () => {
  beforeEach(async () => addList())

  it('makes the cards of its contacts, and says the same with and without them', async () => {
    await addContacts(2500)
    const first = await cells()
    expect(await cards()).toBe(2500)
    expect(await cells()).toEqual(first)
    expect(await cellsWithoutCards()).toEqual(first)
  })

  it('shows what was written after its cards were made', async () => {
    await addContacts(2500)
    const person = await addPerson(await addContact({ name: 'Name 00000' }), { first_name: 'Ann' })
    const before = await cells()
    expect(before[0]?.[1]).toBe('Ann')
    await env.DB.batch([
      env.DB.prepare(`UPDATE people SET first_name = 'Mary' WHERE id = ?`).bind(person),
      env.DB.prepare(`UPDATE contacts SET greeting = 'Hello' WHERE name = 'Name 01700'`),
      env.DB.prepare(`UPDATE contacts SET name = 'Name 99999' WHERE name = 'Name 00200'`),
      env.DB.prepare(`DELETE FROM contacts WHERE name = 'Name 00300'`),
    ])
    const after = await cells()
    expect(await cards()).toBe(2500)
    expect(after[0]?.[1]).toBe('Mary')
    expect(after.find(([name]) => name === 'Name 01700')?.[4]).toBe('Hello')
    expect([after.length, after.at(-1)?.[0]]).toEqual([2500, 'Name 99999'])
    expect(await cellsWithoutCards()).toEqual(after)
  })

  it('reads little more than one card and one row of an index for each contact', async () => {
    await addContacts(3000)
    await cells()
    const exportLogId = await logOf({})
    const read = readFilter({}, TODAY)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    const database = openDatabase(env.DB)
    const access = { userId: USER, exportLogId }
    const { filter } = read
    const selection = { accountListIds: [LIST], filter, today: TODAY, ...access }
    const reading = contactReading(database, selection)
    const results = await database.batch(reading.firstStatements())
    let contacts = 0
    for await (const page of reading.pages(results)) contacts += page.length
    expect(contacts).toBe(3000)
    // The first 1,000 are read together with the selection, which looks at them as well.
    expect(database.cost.rowsRead).toBeLessThan(2.25 * contacts + 2000)
    expect(database.cost.queries).toBeLessThan(10)
  })

  it('is whole with contacts that cannot have a card', async () => {
    const name = 'x'.repeat(1001)
    await addContact({ name })
    await addContact({ name: 'Ann' })
    expect((await cells()).map(([first]) => first)).toEqual(['Ann', name])
    expect((await cells()).map(([first]) => first)).toEqual(['Ann', name])
    expect(await cards()).toBe(1)
  })

  it('finds cards by names of any length and characters', async () => {
    const names = ['', 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(65), 'é'.repeat(64), '😀', '"\\']
    for (const name of names) await addContact({ name })
    const first = await cells()
    expect(await cards()).toBe(names.length)
    expect(await cells()).toEqual(first)
    expect(new Set(first.map(([name]) => name))).toEqual(new Set(names))
  })
})

it('of cards says what a file without cards says, after any writes of other programs', async () => {
  await env.DB.batch(
    ['list0', 'list1'].flatMap((id) => [
      env.DB.prepare('INSERT INTO account_lists (id) VALUES (?)').bind(id),
      env.DB.prepare('INSERT INTO account_list_users VALUES (?, ?)').bind(id, USER),
    ]),
  )
  const chance = chanceOf(Date.now() % 1_000_000)
  let contacts = 0
  for (let round = 0; round < 15; round += 1) {
    const writes: string[] = []
    for (let number = 0; number < 40; number += 1) {
      const write = randomWrite((below) => chance.between(0, below - 1))
      // The lists stay readable.
      if (/\baccount_lists\b/.test(write)) continue
      writes.push(write)
      await env.DB.prepare(write).run().catch(ignoreConstraint)
    }
    const fromCards = await cells()
    contacts += fromCards.length
    expect({ writes, cells: fromCards }).toEqual({ writes, cells: await cellsWithoutCards() })
    await cells()
  }
  expect(contacts).toBeGreaterThan(15)
})
