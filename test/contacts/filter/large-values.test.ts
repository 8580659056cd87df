import { beforeEach, expect, it } from 'vitest'
import { call, EXPORTS, post, USER } from '../../helpers/api.ts'
import { addContact, addList } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { strictDatabase } from '../../helpers/strict-database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact()
})

const many = (count: number, item: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => item(index))

/** Values that grow when they are read: they are sent as a text, as a body of numbers would be stored as long as they are read. */
it.each<[string, object]>([
  [
    'numbers of 301 digits as ids',
    { ids: many(40_000, (index) => Number(`1.${10_000 + index}e300`)) },
  ],
  ['a word that stands for many', { status: many(80_000, () => 'active') }],
  ['the same letter as account lists', { account_list_id: 'a,'.repeat(400_000) }],
  ['many ids', { ids: many(26_000, () => crypto.randomUUID()).join() }],
  ['many ids to leave out', { not_ids: many(26_000, () => crypto.randomUUID()).join() }],
  ['small numbers', { pledge_amount: many(100_000, () => 1e-7) }],
  ['small numbers as frequencies', { pledge_frequency: many(100_000, () => 1e-7) }],
])('%s are refused when the log is made, or give a file', async (_, filter) => {
  const bindings = { DB: strictDatabase() }
  const sent = Object.entries(filter).map(
    ([key, value]) => `${JSON.stringify(key)}:${compact(value)}`,
  )
  const { status, text } = await post({ filter: `{${sent.join()}}` }, { bindings })
  expect([201, 400, 404]).toContain(status)
  if (status !== 201) return
  const file = await call(`${EXPORTS}/${JSON.parse(text).data.id}.csv`, { bindings })
  expect(file.status).toBe(200)
})

/** JSON in which numbers have exponents. */
const compact = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map((item) => (typeof item === 'number' ? item.toExponential() : JSON.stringify(item))).join()}]`
    : JSON.stringify(value)

it('names the key whose values are too large in a log of another program', async () => {
  const letters = Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x4e00 + index))
  const ids = letters.flatMap((one) => letters.map((two) => one + two))
  const id = crypto.randomUUID()
  await insert('export_logs', {
    id,
    user_id: USER,
    params: JSON.stringify({ filter: { Ids: ids.join() } }),
  })
  const { status, text } = await call(`${EXPORTS}/${id}.csv`)
  expect(status).toBe(400)
  expect(text).toContain('too large')
  expect(text).toContain('Ids')
})
