import { beforeEach, expect, it } from 'vitest'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { exported } from '../helpers/files.ts'

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

it.each(['"', '\\', '[', '\u0001', '\u2028', '😀', ',"b":1'])(
  'a text with %j comes from the database as it is',
  async (text) => {
    await addContact({ name: `a${text}b`, greeting: `${text}!` })
    const [row] = await exported({})
    expect([row?.['Contact Name'], row?.['Greeting']]).toEqual([`a${text}b`, `${text}!`])
  },
)
