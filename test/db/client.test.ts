import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type Database } from '../../src/db/client.ts'
import { contacts } from '../../src/db/schema/index.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { faultyBindings } from '../helpers/faulty-bindings.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact()
  await addContact()
})

const update = (database: Database) =>
  database.update(contacts).set({ status: 'Never Ask' }).returning({ id: contacts.id })

describe('a database', () => {
  it('counts the queries of a request and the rows that they read', async () => {
    const database = openDatabase(env.DB)
    expect(database.cost).toMatchObject({ queries: 0, rowsRead: 0 })
    await database.select({ id: contacts.id }).from(contacts)
    expect(database.cost).toMatchObject({ queries: 1, rowsRead: 2 })
    await database.values(sql`select ${contacts.name} from ${contacts}`)
    expect(database.cost).toMatchObject({ queries: 2, rowsRead: 4 })
  })

  it('counts each statement of a batch, and writes', async () => {
    const database = openDatabase(env.DB)
    const all = database.select({ id: contacts.id }).from(contacts)
    await database.batch([all, all])
    expect(database.cost).toMatchObject({ queries: 2, rowsRead: 4 })
    await database.update(contacts).set({ status: 'Never Ask' })
    expect(database.cost.queries).toBe(3)
  })

  it.each([
    ['a select', (database: Database) => database.select({ id: contacts.id }).from(contacts), 1],
    [
      'values',
      (database: Database) => database.values(sql`\n select ${contacts.id} from ${contacts}`),
      1,
    ],
    [
      'a select with a table of its own',
      (database: Database) =>
        database.values(
          sql`with one as (
            select replace(${contacts.name}, 'a', 'b') as name, ${contacts.updatedAt} from ${contacts}
          ) select name from one`,
        ),
      1,
    ],
    [
      'a batch of reads',
      (database: Database) =>
        database.batch([
          database.select({ id: contacts.id }).from(contacts),
          database.select({ name: contacts.name }).from(contacts),
        ]),
      2,
    ],
  ] as const)('retries %s, and counts that', async (_, read, queries) => {
    const right: unknown = await read(openDatabase(env.DB))
    const database = openDatabase(faultyBindings('fails for a moment', 1).DB)
    expect(await read(database)).toEqual(right)
    expect(database.cost.queries).toBe(2 * queries)
  })

  it.each([
    ['a write', update],
    [
      'a write behind a table of its own',
      (database: Database) =>
        database.run(sql`with one as (select 1) update ${contacts} set status = 'Never Ask'`),
    ],
    [
      'a batch with a write',
      (database: Database) =>
        database.batch([database.select({ id: contacts.id }).from(contacts), update(database)]),
    ],
  ] as const)('retries %s only on request', async (_, write) => {
    const { DB, calls } = faultyBindings('fails for a moment', 1)
    await expect(Promise.resolve(write(openDatabase(DB)))).rejects.toThrow(
      /Failed query|Network connection lost/,
    )
    expect(calls).toHaveLength(1)
    const again = faultyBindings('fails for a moment when it is done', 1)
    const database = openDatabase(again.DB)
    await database.retry<unknown>(() => write(database))
    expect(again.calls).toHaveLength(2)
  })

  it('retries some fifty queries of a request, and no more', async () => {
    const { database: binding } = spyOnDatabase()
    const session = binding.withSession()
    session.batch = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'))
    binding.withSession = () => session
    const database = openDatabase(binding)
    const one = () => database.select({ id: contacts.id }).from(contacts)
    const [first, ...others] = Array.from({ length: 20 }, one)
    if (!first) throw new Error('There is none.')
    await expect(database.batch([first, ...others])).rejects.toThrow('Network connection lost')
    expect(database.cost.queries).toBe(60)
  })

  it('counts for one request alone', async () => {
    await openDatabase(env.DB).select({ id: contacts.id }).from(contacts)
    expect(openDatabase(env.DB).cost.queries).toBe(0)
  })
})
