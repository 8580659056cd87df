import { sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { beforeEach, expect, it } from 'vitest'
import { contactRow, ROW_VERSION } from '../../../src/contacts/reading/rows/contact-row.ts'
import { add, addContact, addList, addPerson } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { exported } from '../../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

it.each([
  [0.1 + 0.2, '0.30000000000000004'],
  [123_456_789.123_456_79, '123456789.12345679'],
  [1e21, '1000000000000000000000.0'],
  [5e-324, `0.${'0'.repeat(323)}5`],
  [-0.5, '-0.5'],
  [0, '0.0'],
  [null, ''],
])('an amount of %d comes from the database with all its digits', async (pledge_amount, shown) => {
  await addContact({ pledge_amount })
  expect((await exported({}))[0]?.['Commitment Amount']).toBe(shown)
})

it.each(['"', '\\', '[', '\u0085', '\u2028', '😀', ',"b":1'])(
  'a text with %j comes from the database as it is',
  async (text) => {
    await addContact({ name: `a${text}b`, greeting: `${text}!` })
    const [row] = await exported({})
    expect([row?.['Contact Name'], row?.['Greeting']]).toEqual([`a${text}b`, `${text}!`])
  },
)

it('each contact is shown with its own people, however many are read at once', async () => {
  const shared = await addPerson(await addContact({ name: 'Name 00' }), { first_name: 'Shared' })
  for (let index = 1; index <= 20; index += 1) {
    const contact = await addContact({ name: `Name ${String(index).padStart(2, '0')}` })
    const one = await addPerson(contact, { first_name: `One ${index}` }, { is_primary: 1 })
    if (index % 2 === 0) await addPerson(contact, { first_name: `Two ${index}` })
    else await add('contact_people', { contact_id: contact, person_id: shared })
    await add('email_addresses', { person_id: one, email: `${index}@example.org`, is_primary: 1 })
  }
  const rows = await exported({})
  expect(
    rows.map((row) => [row['First Name'], row['Spouse First Name'], row['Primary Email']]),
  ).toEqual([
    ['Shared', '', ''],
    ...Array.from({ length: 20 }, (_, index) => [
      `One ${index + 1}`,
      index % 2 === 1 ? `Two ${index + 1}` : 'Shared',
      `${index + 1}@example.org`,
    ]),
  ])
})

it('the version of a row goes up with every change of its SQL', async () => {
  const query = new SQLiteSyncDialect().sqlToQuery(sql`${contactRow(4000)}`.inlineParams())
  const text = new TextEncoder().encode(query.sql.replaceAll(/\s+/g, ' '))
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('hex')
  // After a change of what is in a row, raise ROW_VERSION and write the new digest here.
  expect([ROW_VERSION, digest.slice(0, 16)]).toEqual([1, '04c3a2600f923989'])
})
