import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { contacts } from '../../src/db/schema/index.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact()
  await addContact()
})

describe('a database', () => {
  it('counts the queries of a request and the rows that they read', async () => {
    const database = openDatabase(env.DB)
    expect(database.cost).toEqual({ queries: 0, rowsRead: 0 })
    await database.select({ id: contacts.id }).from(contacts)
    expect(database.cost).toEqual({ queries: 1, rowsRead: 2 })
    await database.values(sql`select ${contacts.name} from ${contacts}`)
    expect(database.cost).toEqual({ queries: 2, rowsRead: 4 })
  })

  it('counts each statement of a batch, and writes', async () => {
    const database = openDatabase(env.DB)
    const all = database.select({ id: contacts.id }).from(contacts)
    await database.batch([all, all])
    expect(database.cost).toEqual({ queries: 2, rowsRead: 4 })
    await database.update(contacts).set({ status: 'Never Ask' })
    expect(database.cost.queries).toBe(3)
  })

  it('counts for one request alone', async () => {
    await openDatabase(env.DB).select({ id: contacts.id }).from(contacts)
    expect(openDatabase(env.DB).cost.queries).toBe(0)
  })
})
