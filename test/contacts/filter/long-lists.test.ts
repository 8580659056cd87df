import { describe, expect, it } from 'vitest'
import { filterKeyNames, filterModifiers } from '../../../src/contacts/filter/keys/keys.ts'
import { readFilter } from '../../../src/contacts/filter/read-filter.ts'

const TODAY = '2024-03-31'

function refusalOf(filter: unknown): string | undefined {
  const read = readFilter(filter, TODAY)
  return 'problems' in read ? read.problems.map(({ detail }) => detail).join(' ') : undefined
}

const textsOf = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`)
const numbersOf = (count: number) => Array.from({ length: count }, (_, index) => index)
const uuidsOf = (count: number) => Array.from({ length: count }, () => crypto.randomUUID())
const repeated = <Item>(items: readonly Item[], times: number): Item[] =>
  Array.from({ length: times }, () => items).flat()

const TEXTS = [
  'status',
  'likely',
  'church',
  'locale',
  'timezone',
  'city',
  'state',
  'country',
  'region',
  'metro_area',
  'pledge_currency',
  'related_task_action',
]
const NUMBERS = ['pledge_amount', 'pledge_frequency', 'donation_amount']
const TAGS = ['tags', 'exclude_tags']
const IDS = ['ids', 'not_ids', 'referrer', 'designation_account_id', 'appeal', 'account_list_id']
/** Lists of a few words that the page names. */
const WORDS = ['contact_type', 'primary_address', 'donation']

/** A list in each of its forms. */
const formsOf = (items: readonly (string | number)[]): unknown[] => [items, items.join(',')]

type ListCase = [key: string, itemsOf: (count: number) => (string | number)[], most: number]

describe.each([
  ...TEXTS.map((key): ListCase => [key, textsOf, 200]),
  ...NUMBERS.map((key): ListCase => [key, numbersOf, 200]),
  ...TAGS.map((key): ListCase => [key, textsOf, 50]),
])('a list of %s', (key, itemsOf, most) => {
  it(`has at most ${most} different items, however often each of them`, () => {
    const refusals = [itemsOf(most), repeated(itemsOf(most), 15)]
      .flatMap(formsOf)
      .map((value) => refusalOf({ [key]: value }))
    expect(refusals).toEqual([undefined, undefined, undefined, undefined])
    const detail = new RegExp(`^'${key}' must be a list of at most ${most} different `)
    for (const value of [itemsOf(most + 1), itemsOf(3000)].flatMap(formsOf)) {
      expect(refusalOf({ [key]: value })).toMatch(detail)
    }
  })
})

describe('items are the same', () => {
  it.each<[string, unknown]>([
    ['numbers in other digits', { pledge_amount: repeated(['5', '5.0', '05', 5, '5.00'], 100) }],
    ['many spellings of a number', { pledge_amount: numbersOf(300).map((n) => '0'.repeat(n) + 5) }],
    ['tags in other letters', { tags: textsOf(50).flatMap((tag) => [tag, tag.toUpperCase()]) }],
    [
      'tags that are composed otherwise',
      { tags: textsOf(50).flatMap((tag) => [`é${tag}`, `e\u0301${tag}`]) },
    ],
    [
      'words in other letters',
      { church: [...textsOf(199), 'none', 'None', 'NONE'], status: ['ACTIVE', 'active'] },
    ],
    ['items with blanks', { timezone: [...textsOf(200), ...textsOf(200).map((t) => ` ${t} `)] }],
  ])('as %s', (_, filter) => expect(refusalOf(filter)).toBeUndefined())
})

it.each(IDS)('26,000 ids stand in %s', (key) => {
  const ids = uuidsOf(26_000)
  for (const value of formsOf(ids)) expect(refusalOf({ [key]: value })).toBeUndefined()
  expect(refusalOf({ [key]: repeated(ids, 2) })).toBeUndefined()
})

it('numbers among ids stay as short as they are', () => {
  const read = readFilter({ account_list_id: [1e-7, 1e300, 5] }, TODAY)
  expect(read).toMatchObject({ filter: { accountListIds: ['1e-7', '1e+300', '5'] } })
})

it('a tag has at most 200 characters', () => {
  for (const key of TAGS) {
    expect(refusalOf({ [key]: ['a', '😀'.repeat(200)] })).toBeUndefined()
    expect(refusalOf({ [key]: ['a', 'x'.repeat(201)] })).toMatch(/200 characters/)
  }
})

describe('wildcard_search', () => {
  const words = Array.from('abcdefghijklmnopqrstuvwxyz')
  const more = words.slice(1).map((letter) => `1${letter}`)

  it('has at most 50 different words', () => {
    const fifty = [...words, ...more.slice(1)].join(' ')
    expect(refusalOf({ wildcard_search: fifty })).toBeUndefined()
    expect(refusalOf({ wildcard_search: `${fifty}, ${words.join('-').toUpperCase()}` })).toBe(
      undefined,
    )
    expect(refusalOf({ wildcard_search: [...words, ...more].join(' ') })).toBe(
      "'wildcard_search' must be a text of at most 50 different words.",
    )
    expect(refusalOf({ name_like: [...words, ...more].join(' ') })).toBeUndefined()
  })
})

it('every key that takes a list is read above', () => {
  const all = new Set([...TEXTS, ...NUMBERS, ...TAGS, ...IDS, ...WORDS])
  const takesList = [...filterKeyNames, ...filterModifiers.keys()].filter((key) =>
    [['primary'], ['person'], ['first'], ['5'], ['5', '6']].some(
      (value) => refusalOf({ [key]: value }) === undefined,
    ),
  )
  expect(takesList.toSorted()).toEqual([...all].toSorted())
})
