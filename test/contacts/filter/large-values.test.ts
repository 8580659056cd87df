import { beforeEach, expect, it } from 'vitest'
import { call, EXPORTS, post } from '../../helpers/api.ts'
import { addContact, addList } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
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

it('names the key whose values are too large', async () => {
  const filter = `{"Ids":${compact(many(40_000, (index) => Number(`1.${10_000 + index}e300`)))}}`
  const { status, text } = await post({ filter })
  expect(status).toBe(400)
  expect(JSON.parse(text).errors).toMatchObject([
    {
      source: { pointer: '/data/attributes/params/filter/Ids' },
      detail: expect.stringContaining('too large'),
    },
  ])
})
