import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { EXPORTS, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList, addPerson, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { spyOnDatabase } from '../helpers/faults.ts'
import { EXTENSIONS, csvRows, logOf } from '../helpers/files.ts'

/** They are in several pages. */
const CONTACTS = 3000

/** A page that was read so long ago is read again. */
const STALE_MILLISECONDS = 1100

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await env.DB.prepare(
    `INSERT INTO contacts (id, account_list_id, name)
     WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${CONTACTS})
     SELECT printf('00000000-0000-4000-8000-%012d', i), '${LIST}', printf('Name %04d', i) FROM number`,
  ).run()
  // Only contacts with an address have a label.
  await env.DB.prepare(
    `INSERT INTO addresses (id, contact_id, street) SELECT id, id, '1 Main St' FROM contacts`,
  ).run()
})

/** A client that reads a file chunk by chunk. */
async function clientOf(format: string, database = env.DB) {
  const id = await logOf({})
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.${format}?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), { ...env, DB: database }, context)
  if (!body) throw new Error('There is no body.')
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader()
  return {
    read: async () => (await reader.read()).value,
    rest: async () => {
      const chunks: Uint8Array[] = []
      for (let { value } = await reader.read(); value; { value } = await reader.read()) {
        chunks.push(value)
      }
      await waitOnExecutionContext(context)
      return chunks
    },
    leave: async () => {
      await reader.cancel()
      await waitOnExecutionContext(context)
    },
  }
}

const textOf = (chunks: readonly (Uint8Array | undefined)[]) => {
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('')
}

async function addListOfSomebodyElse(): Promise<string> {
  const id = 'b0000000-0000-4000-8000-000000000000'
  await addList(id, {}, 'somebody else')
  return id
}

/** Each page checks access. */
const checksAccess = (sql: string): boolean =>
  sql.includes('"account_list_users"') && sql.includes('"export_logs"')

describe.each(EXTENSIONS)('a client that does not read on, of a %s file,', (format) => {
  it('keeps the database from being asked for more than one page ahead', async () => {
    const { database, statements } = spyOnDatabase()
    const client = await clientOf(format, database)
    const asked = async () => {
      await scheduler.wait(50)
      const selections = statements.filter((sql) => sql.includes('pack(list'))
      const pages = statements.filter(checksAccess)
      return [selections.length, pages.length]
    }
    await client.read()
    expect(await asked()).toEqual([1, 1])
    await client.read()
    expect(await asked()).toEqual([1, 2])
    await client.read()
    expect(await asked()).toEqual([1, 3])
    await client.rest()
    expect(await asked()).toEqual([1, 4])
  })
})

it('a slow client gets each contact of the start once, whatever is renamed, added or deleted', async () => {
  const client = await clientOf('csv')
  const begin = [await client.read(), await client.read()]
  await env.DB.batch([
    env.DB.prepare(`UPDATE contacts SET name = 'Zoe' WHERE name = 'Name 0001'`),
    env.DB.prepare(`UPDATE contacts SET name = 'Ann' WHERE name = 'Name 2999'`),
    env.DB.prepare(`DELETE FROM contacts WHERE name = 'Name 2000'`),
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       VALUES ('f0000000-0000-4000-8000-000000000000', '${LIST}', 'Name 2500 and a half')`,
    ),
  ])
  const [, ...rows] = csvRows(textOf([...begin, ...(await client.rest())]))
  const expected = Array.from({ length: CONTACTS }, (_, index) => index + 1)
    .filter((number) => number !== 2000)
    .map((number) => (number === 2999 ? 'Ann' : `Name ${String(number).padStart(4, '0')}`))
  expect(rows.map(([name]) => name)).toEqual(expected)
})

it('a contact that is moved to another account list meanwhile is left out', async () => {
  const client = await clientOf('csv')
  const begin = [await client.read(), await client.read()]
  await env.DB.prepare(`UPDATE contacts SET account_list_id = ? WHERE name = 'Name 2000'`)
    .bind(await addListOfSomebodyElse())
    .run()
  const text = textOf([...begin, ...(await client.rest())])
  expect(text).not.toContain('Name 2000')
  expect(text.split('\r\n')).toHaveLength(1 + CONTACTS - 1 + 1)
})

/** A contact of a later page, with a person. */
async function contactOfLaterPage(): Promise<string> {
  const found = await env.DB.prepare(`SELECT id FROM contacts WHERE name = 'Name 2500'`).first<{
    id: string
  }>()
  const id = found?.id ?? ''
  await addPerson(id, { first_name: 'Ann' })
  return id
}

it.each([
  ['moved to somebody else', `UPDATE contacts SET account_list_id = ?2 WHERE id = ?1`],
  ['deleted', `DELETE FROM contacts WHERE id = ?1 AND ?2 <> ''`],
])('a client that has stalled gets no contact that was %s meanwhile', async (_, sql) => {
  const id = await contactOfLaterPage()
  const client = await clientOf('csv')
  const begin = [await client.read(), await client.read()]
  const other = await addListOfSomebodyElse()
  await env.DB.prepare(sql).bind(id, other).run()
  await env.DB.prepare(`UPDATE people SET first_name = 'Secret'`).run()
  await scheduler.wait(STALE_MILLISECONDS)
  const text = textOf([...begin, ...(await client.rest())])
  expect(text).not.toMatch(/Name 2500|Secret/)
  expect(csvRows(text)).toHaveLength(1 + CONTACTS - 1)
})

it("a stalled client gets no person who was moved to another user's contact", async () => {
  const id = await contactOfLaterPage()
  const client = await clientOf('csv')
  const begin = [await client.read(), await client.read()]
  const foreign = 'f0000000-0000-4000-8000-000000000000'
  await addContact({ id: foreign, account_list_id: await addListOfSomebodyElse() })
  await env.DB.batch([
    env.DB.prepare('UPDATE contact_people SET contact_id = ? WHERE contact_id = ?').bind(
      foreign,
      id,
    ),
    env.DB.prepare(`UPDATE people SET first_name = 'Secret'`),
  ])
  await scheduler.wait(STALE_MILLISECONDS)
  const rows = csvRows(textOf([...begin, ...(await client.rest())]))
  expect(rows[2500]?.slice(0, 3)).toEqual(['Name 2500', '', ''])
  expect(rows).toHaveLength(1 + CONTACTS)
})

it('of a page with long texts, what waits for the client is read again', async () => {
  await env.DB.prepare(
    `UPDATE contacts SET greeting = replace(hex(zeroblob(100000)), '00', 'ab') WHERE name < 'Name 0046'`,
  ).run()
  const client = await clientOf('csv')
  // 4 MB are the texts of 20 contacts.
  const begin = [await client.read(), await client.read()]
  expect(textOf(begin)).not.toContain('Name 0030')
  await env.DB.prepare(`UPDATE contacts SET account_list_id = ? WHERE name = 'Name 0030'`)
    .bind(await addListOfSomebodyElse())
    .run()
  await env.DB.prepare(`UPDATE contacts SET status = 'New' WHERE name = 'Name 0031'`).run()
  await scheduler.wait(STALE_MILLISECONDS)
  const rows = csvRows(textOf([...begin, ...(await client.rest())]))
  expect(rows).toHaveLength(1 + CONTACTS - 1)
  expect(rows[29]?.[0]).toBe('Name 0029')
  expect(rows[30]?.slice(0, 1)).toEqual(['Name 0031'])
  expect(rows[30]?.[11]).toBe('New')
})
