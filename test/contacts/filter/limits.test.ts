import { env } from 'cloudflare:workers'
import { getTableName } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { filterKeyNames, keyDescriptions } from '../../../src/contacts/filter/keys/keys.ts'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'
import { selectPacks } from '../../../src/contacts/reading/selection/select-packs.ts'
import { openDatabase } from '../../../src/db/client.ts'
import * as schema from '../../../src/db/schema/index.ts'
import { LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'

beforeEach(emptyStorage)

const TODAY = '2026-11-24'
/** 200 different letters, as many as a search may have, each with a capital beyond ASCII. */
const LETTERS = Array.from({ length: 0x600 }, (_, index) => String.fromCodePoint(0xe0 + index))
  .filter((letter) => letter.toUpperCase().length === 1 && letter.toUpperCase() !== letter)
  .slice(0, 200)
  .join('')

/** Every key, with a value that makes its SQL as large as it can be. */
const everyKey = (letters: string): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(filterKeyNames.map((name) => [name, keyDescriptions[name]?.example])),
  status: ['active', 'hidden', 'null'],
  ids: Array.from({ length: 500 }, () => crypto.randomUUID()),
  not_ids: Array.from({ length: 500 }, () => crypto.randomUUID()),
  name_like: letters,
  wildcard_search: (letters.match(/.{1,3}/gu) ?? []).join(' ').slice(0, 200),
  notes: { wildcard_note_search: letters },
  tags: [letters, 'a'],
  exclude_tags: [letters, 'b'],
  referrer: ['any', 'none', crypto.randomUUID()],
  primary_address: ['primary', 'active', 'inactive'],
  gave_more_than_pledged_range: '2022-01-01..2022-02-01',
  donation: ['none', 'one', 'first', 'last'],
  donation_date: '2022-01-01..2022-02-01',
  related_task_action: ['Call'],
})
const reversed = Object.fromEntries(filterKeyNames.map((key) => [`reverse_${key}`, 'true']))

const tableNames: ReadonlySet<string> = new Set(
  Object.values(schema).map((table) => getTableName(table)),
)

/** The statement that selects the ids of a filter, in both of its forms. */
function queryOf(input: Readonly<Record<string, unknown>>, inTurn: boolean) {
  const read = readFilter(input, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const selection = { accountListIds: [LIST, OTHER_LIST], filter: read.filter, today: TODAY }
  const cursors = [LIST, OTHER_LIST].map((accountListId) => ({ accountListId, prefix: '', id: '' }))
  const size = { contacts: 10_000, contactsOfAPack: 1000 }
  return selectPacks(openDatabase(env.DB), selection, cursors, size, inTurn)
}

// å, the sixth, has two capitals.
describe.each([5, 6, 12, 13, 33, 127, 200])('texts of %i letters', (count) => {
  const letters = Array.from(LETTERS).slice(0, count).join('')

  it.each([
    ['plain', {}],
    ['under any_filter', { any_filter: 'true' }],
    ['reversed', reversed],
    ['reversed under any_filter', { ...reversed, any_filter: 'true', any_tags: 'true' }],
  ])('leave all keys at once, %s, within the limits of D1', async (__, mode) => {
    for (const inTurn of [false, true]) {
      const query = queryOf({ account_list_id: LIST, ...everyKey(letters), ...mode }, inTurn)
      const { sql, params } = query.toSQL()
      expect(params.length).toBeLessThan(100)
      expect(new TextEncoder().encode(sql).length).toBeLessThan(100_000)
      expect(sql).not.toMatch(/ (like|glob|regexp|match) /i)
      await expect(query).resolves.toMatchObject([{ ids: '[]' }, { ids: '[]' }])
    }
  })
})

it.each([{}, reversed])(
  'a telephone number leaves all keys within the limits, too',
  async (mode) => {
    const letters = Array.from(LETTERS).slice(0, 6).join('')
    const filter = { ...everyKey(letters), ...mode, wildcard_search: '(555) 123-4567' }
    for (const inTurn of [false, true]) {
      await expect(queryOf(filter, inTurn)).resolves.toMatchObject([{ ids: '[]' }, { ids: '[]' }])
    }
  },
)

const MODES: readonly ((key: string) => Readonly<Record<string, unknown>>)[] = [
  () => ({}),
  (key) => ({ [`reverse_${key}`]: true }),
  () => ({ any_filter: true }),
]

it.each([...filterKeyNames])('answers %s from the rows of the account list alone', async (key) => {
  const modes = MODES.map((modeOf) => modeOf(key))
  for (const [mode, inTurn] of modes.flatMap((each) => [
    [each, false] as const,
    [each, true] as const,
  ])) {
    const { sql, params } = queryOf({ [key]: everyKey('É')[key], ...mode }, inTurn).toSQL()
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...params)
      .all<{ detail: string }>()
    const scanned = results.flatMap(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? [])
    expect(scanned.filter((name) => tableNames.has(name))).toEqual([])
  }
})

const nested = (depth: number) =>
  env.DB.prepare(`SELECT ${'abs('.repeat(depth)}1${')'.repeat(depth)}`)

it('has a database here that holds expressions to the depth of D1', async () => {
  await expect(nested(98).first()).resolves.not.toBeNull()
  await expect(nested(101).first()).rejects.toThrow('Expression tree is too large')
})
