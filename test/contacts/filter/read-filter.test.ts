import { describe, expect, it } from 'vitest'
import {
  filterKeyNames,
  keyDescriptions,
  isFilterKeyName,
  filterModifiers,
} from '../../../src/contacts/filter/keys/keys.ts'
import { ignoredKeys, readFilter } from '../../../src/contacts/filter/read-filter.ts'

const TODAY = '2024-03-31'

const problemsOf = (filter: unknown) => {
  const read = readFilter(filter, TODAY)
  return 'problems' in read ? read.problems : []
}
/** The keys of a filter that are a 400, as they were sent. */
const badKeysOf = (filter: unknown) => problemsOf(filter).map(({ key }) => key)
/** The keys that a filter is read to have, with the default. */
function keysOf(filter: unknown) {
  const read = readFilter(filter, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { keys } = read.filter
  return filterKeyNames
    .filter((name) => keys[name] !== undefined)
    .map((name) => (keys[name]?.reversed ? `not ${name}` : name))
}

const nested = (depth: number): unknown =>
  JSON.parse(`${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`)
const nestedArrays = (depth: number): string =>
  `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

describe('a filter as a whole', () => {
  it.each(Object.entries(keyDescriptions))('with %s is plain data', (name, { example }) => {
    const read = readFilter({ [name]: example, [`reverse_${name}`]: true }, TODAY)
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    expect(JSON.parse(JSON.stringify(read.filter))).toEqual(read.filter)
  })

  it.each([[undefined], [null], [''], ['  '], ['{}'], [' {} '], ['null'], [{}]])(
    '%j is one without keys',
    (filter) => expect(keysOf(filter)).toEqual(['status']),
  )

  it.each([
    [5],
    [true],
    [[]],
    [[{}]],
    ['[]'],
    ['5'],
    ['"{}"'],
    ['status'],
    ['{status: 1}'],
    ['{}x'],
  ])('%j is none, and refused as a whole', (filter) =>
    expect(problemsOf(filter)).toEqual([
      { detail: 'The filter must be a JSON object, or that object as a text.' },
    ]),
  )

  it('may be nested 64 deep, and no deeper', () => {
    expect([nested(64), nestedArrays(64)].flatMap(problemsOf)).toEqual([])
    expect([nested(65), nestedArrays(65), nestedArrays(100_000)].map(badKeysOf)).toEqual([
      [undefined],
      [undefined],
      [undefined],
    ])
  })

  it('is read in no time, however long its keys and values are', () => {
    const long = 1_000_000
    expect(ignoredKeys({ ['A'.repeat(long)]: 1 })).toHaveLength(1)
    for (const range of [
      '.'.repeat(long),
      `${'.'.repeat(long)}\nx`,
      '2022-01-12T17:18:07.'.padEnd(long, '1'),
    ]) {
      expect(badKeysOf({ updated_at: range })).toEqual(['updated_at'])
    }
    for (const list of ['"', '""x,', '"x', ',""', ' ', ' "']) {
      expect(badKeysOf({ timezone: list.repeat(long / list.length) })).toEqual([])
    }
  })
})

describe('a key', () => {
  it.each([
    'pledge_amount',
    'pledgeAmount',
    'PledgeAmount',
    'pledge-amount',
    'Pledge-Amount',
    'PLEDGE_AMOUNT',
  ])('is known as %s, and reversed', (key) => {
    expect(keysOf({ [key]: '5', status: 'active' })).toEqual(['status', 'pledge_amount'])
    expect(badKeysOf({ [key]: 'x' })).toEqual([key])
  })

  it.each([
    'reverse_pledge_amount',
    'reversePledgeAmount',
    'reverse-pledge-amount',
    'Reverse-pledgeAmount',
  ])('is reversed by %s', (key) => {
    expect(keysOf({ pledge_amount: 5, status: 'active', [key]: 'true' })).toEqual([
      'status',
      'not pledge_amount',
    ])
    expect(badKeysOf({ [key]: 'x' })).toEqual([key])
  })

  it.each([
    ['pledgeAmount', 'pledge_amount'],
    ['reverseTags', 'reverse-tags'],
    ['any_filter', 'anyFilter'],
    ['any-tags', 'any_tags'],
    ['accountListId', 'account_list_id'],
  ])('is given once: %s and %s are the same', (one, other) => {
    expect(problemsOf({ [one]: null, [other]: null })).toEqual([
      { key: other, detail: `'${other}' and '${one}' are the same key: give it once.` },
    ])
  })

  it('that is unknown is ignored with any value, and named as it was sent', () => {
    const filter = JSON.parse(
      `{"__proto__": {"status": 1}, "constructor": 1, "toString": [null], "hasOwnProperty": {}, "fooBar": 1, "foo_bar": 2,
        "reverse_account_list_id": "x", "reverse_any_filter": "x", "reverse_reverse_status": "x", " status": "x",
        "reverse_": "x", "": "x", "status": "active", "reverseStatus": "false"}`,
    )
    expect(keysOf(filter)).toEqual(['status'])
    const ignored = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'fooBar',
      'foo_bar',
      'reverse_account_list_id',
      'reverse_any_filter',
      'reverse_reverse_status',
      ' status',
      'reverse_',
      '',
    ]
    expect(ignoredKeys(filter)).toEqual(ignored)
    expect(ignoredKeys(JSON.stringify(filter))).toEqual(ignored)
  })
})

/** For each kind of value: keys that hold it, values that are absent, that are read, and that are a 400. */
const KINDS: {
  kind: string
  keys: string[]
  absent?: unknown[]
  good: unknown[]
  bad: unknown[]
}[] = [
  {
    kind: 'list',
    keys: [
      'status',
      'tags',
      'exclude_tags',
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
      'ids',
      'not_ids',
      'referrer',
      'designation_account_id',
      'appeal',
      'account_list_id',
    ],
    absent: [',', ' , ,', '""', '"", ""', '" "', [''], ['', ' ']],
    good: [
      'a',
      ' a ',
      'a,b',
      '"a,b"',
      5,
      -0,
      true,
      false,
      ['a', 5],
      ['a', ''],
      ['a,b'],
      ['[]'],
      'null',
      'none',
      '"',
      'a"b',
    ],
    bad: [{ a: 1 }, [null], [true], [['a']], [{}], ['a', { b: 1 }], [[]]],
  },
  {
    kind: 'flag',
    keys: [
      'status_valid',
      'address_historic',
      'pledge_received',
      'no_appeals',
      'any_filter',
      'any_tags',
      'reverse_tags',
    ],
    good: ['true', 'false', true, false, ' true ', 'True', 'FALSE'],
    bad: ['yes', '1', 1, 0, 'null', 'true,false', ['true'], { a: 1 }],
  },
  {
    kind: 'flag that filters by one of its values alone',
    keys: ['tasks_all_completed'],
    absent: ['false', false, 'False'],
    good: ['true', true],
    bad: ['no', 0, ['true']],
  },
  {
    kind: 'flag that filters by one of its values alone',
    keys: ['address_valid'],
    absent: ['true', true, 'TRUE'],
    good: ['false', false],
    bad: ['no', 0, ['false']],
  },
  {
    kind: 'text',
    keys: ['name_like', 'wildcard_search', 'notes'],
    good: [
      'a',
      5,
      true,
      '-',
      'x'.repeat(200),
      '😀'.repeat(200),
      'e\u0301'.repeat(200),
      ` ${'x'.repeat(200)} `,
      '%',
      ',',
      '""',
    ],
    bad: ['x'.repeat(201), '😀'.repeat(201), ['a'], { a: 1 }, [null]],
  },
  {
    kind: 'text in an object',
    keys: ['notes'],
    absent: [
      { wildcard_note_search: '' },
      { wildcardNoteSearch: null },
      { 'wildcard-note-search': [] },
    ],
    good: [
      { wildcard_note_search: 'a' },
      { wildcardNoteSearch: 5 },
      { 'wildcard-note-search': true },
    ],
    bad: [
      { wildcard_note_search: 'x'.repeat(201) },
      { wildcard_note_search: ['a'] },
      { wildcard_note_search: 'a', wildcardNoteSearch: 'a' },
      { wildcard_note_search: 'a', other: null },
      { constructor: null },
      { other: '' },
      JSON.parse('{"__proto__": ""}'),
      JSON.parse('{"__proto__": "a", "wildcard_note_search": "a"}'),
    ],
  },
  {
    kind: 'list of numbers',
    keys: ['pledge_amount', 'donation_amount', 'pledge_frequency'],
    absent: [',', ['']],
    good: [
      50,
      -5,
      0,
      -0,
      50.5,
      '50',
      '-50.00',
      '007',
      '50,5',
      '"50"',
      [50, '5'],
      1e21,
      1e-7,
      '9'.repeat(400),
    ],
    bad: [
      '5a',
      '+5',
      '.5',
      '5.',
      '1e3',
      '0x5',
      '1 000',
      '"1,000"',
      '$5',
      'Infinity',
      'NaN',
      '--5',
      '5..5',
      true,
      [null],
      [true],
      { min: 5 },
      '٥',
      'none',
      [Infinity],
    ],
  },
  {
    kind: 'list of numbers in which null says nothing',
    keys: ['pledge_frequency'],
    absent: ['null', ['null'], 'null,', 'null,null', 'NULL,Null'],
    good: ['null,1', ['null', 1], ['NULL', 1]],
    bad: ['none,null', [null]],
  },
  {
    kind: 'list of numbers',
    keys: ['pledge_amount', 'donation_amount'],
    good: ['5'],
    bad: ['null', '5,null'],
  },
  {
    kind: 'range of amounts',
    keys: ['donation_amount_range'],
    absent: [{ min: '' }, { min: null, max: [] }, { max: ' ' }],
    good: [
      { min: 5 },
      { max: 5 },
      { min: 5, max: 5 },
      { Min: 5, MAX: '6' },
      { min: '$1,000' },
      { min: '5 €' },
      { min: -5, max: 5 },
      { min: '-9', max: '9' },
      { min: '.5' },
      { min: 1e21 },
      { min: 1e-7, max: 1 },
      { max: '9'.repeat(400) },
    ],
    bad: [
      5,
      '5',
      '5..6',
      '{"min":5}',
      [5],
      { min: 'x' },
      { min: '.' },
      { min: '1.2.3' },
      { min: '-' },
      { min: true },
      { min: [5] },
      { min: { a: 5 } },
      { min: 6, max: 5 },
      { min: '$6', max: 5 },
      { min: 5, Min: 5 },
      { minimum: 5 },
      { min: 5, other: null },
      { constructor: null },
      { toString: '' },
      JSON.parse('{"__proto__": 5}'),
      { min: 1e21, max: 200 },
    ],
  },
  {
    kind: 'word',
    keys: ['newsletter'],
    good: ['all', 'Both', 'NO_VALUE', 'Address_Only', ' none '],
    bad: ['noValue', 'all,both', ['all']],
  },
  {
    kind: 'word',
    keys: ['newsletter'],
    good: ['all', 'no_value', 'none', 'address', 'email', 'address_only', 'email_only', 'both'],
    bad: ['no-value', 'noValue', 'null', 'all,none', ['all'], true, 'toString', '__proto__'],
  },
  {
    kind: 'word in any letters',
    keys: [
      'donation_amount_recommendation',
      'contact_info_email',
      'contact_info_phone',
      'contact_info_mobile',
      'contact_info_work_phone',
      'contact_info_addr',
      'contact_info_facebook',
    ],
    good: ['Yes', 'No', 'yes', 'NO', 'yEs '],
    bad: ['y', 'true', true, 1, ['Yes'], 'Yes,No', { a: 1 }],
  },
  {
    kind: 'list of words',
    keys: ['donation'],
    absent: [',', ['']],
    good: ['none', 'one', 'first', 'last', 'first,last', ['first', 'last', 'first'], '"none"'],
    bad: ['none,some', 'null', true, 1, [null], { a: 1 }],
  },
  {
    kind: 'list of words',
    keys: ['donation'],
    good: ['First', 'NONE', ['Last', 'first']],
    bad: ['1st'],
  },
  {
    kind: 'list of words',
    keys: ['contact_type'],
    absent: [',', ['']],
    good: ['person', 'company', ' person ', 'Person', 'person,COMPANY', ['company', 'person', '']],
    bad: ['persons', 'person,robot', ['person', 'x'], 1, true, { a: 1 }, 'null', [null]],
  },
  {
    kind: 'list of words in which null says nothing',
    keys: ['primary_address'],
    absent: [',', 'null', 'primary,null', ['null', 'active'], 'NULL', ['Null']],
    good: ['primary', 'active', 'inactive', 'primary,active', 'Primary,INACTIVE'],
    bad: ['null,other', 'none', true, [null], { a: 1 }],
  },
  {
    kind: 'number of days',
    keys: ['pledge_late_by'],
    good: [
      '30',
      30,
      '30_60',
      '30_30',
      '0',
      0,
      ' 30_60 ',
      '007',
      '9'.repeat(30),
      `0_${'9'.repeat(400)}`,
    ],
    bad: [
      '60_30',
      '-1',
      -1,
      '30.5',
      30.5,
      '30-60',
      '30_',
      '_60',
      '30_60_90',
      'x',
      true,
      [30],
      { min: 30 },
      '30 _ 60',
    ],
  },
  {
    kind: 'range',
    keys: [
      'updated_at',
      'started_giving_range',
      'stopped_giving_range',
      'gave_more_than_pledged_range',
      'pledge_amount_increased_range',
      'donation_date',
      'task_due_date',
    ],
    absent: [{ start: '' }, { start: null, end: ' ' }, { Start: [] }],
    good: [
      '2022-01-12',
      ' 2022-01-12 ',
      '2022-01-01..2022-01-31',
      '2022-01-12..2022-01-12',
      '2022-01-12...2022-01-12',
      '2022-01-12T17:18:07Z',
      '2022-01-12T17:18:07.123Z',
      '2022-01-12T17:18:07+02:00',
      '2022-01-12T17:18:07.5-23:59',
      '2022-01-12T00:00:00-00:00',
      '2022-01-12T17:18:07Z..2022-01-12T17:18:07Z',
      '2022-01-12T17:18:07.9Z...2022-01-12T17:18:07.1Z',
      '2022-01-12T17:18:07.5Z..2022-01-13',
      '2022-01-12...2022-01-12T17:18:07Z',
      '2022-01-12T23:00:00Z..2022-01-12',
      '2020-02-29',
      '0001-01-01',
      '0000-01-01',
      { start: '2022-01-12', end: '2022-01-12' },
      { start: '2022-01-12T01:00:00Z', end: '2022-01-12' },
      { START: '2022-01-01', End: '2022-01-31' },
      { min: '2022-01-01', max: '2022-01-31' },
      { Min: '2022-01-12T17:18:07Z', MAX: '2022-01-12' },
    ],
    bad: [
      '2022',
      2022,
      '2022-01',
      '2022-1-12',
      '20220112',
      '2022-02-30',
      '2023-02-29',
      '2100-02-29',
      '2022-13-01',
      '2022-00-01',
      '2022-01-00',
      '2022-01-12T17:18Z',
      '2022-01-12T17:18:07',
      '2022-01-12 17:18:07Z',
      '2022-01-12t17:18:07z',
      '2022-01-12T17:18:07z',
      '2022-01-12T24:00:00Z',
      '2022-01-12T23:59:60Z',
      '2022-01-12T23:60:00Z',
      '2022-01-12T17:18:07+24:00',
      '2022-01-12T17:18:07+02:60',
      '2022-01-12T17:18:07+0200',
      '2022-01-12T17:18:07+02',
      '2022-01-12T17:18:07.Z',
      '2022-01-12T17:18:07,5Z',
      '2022-02-30T17:18:07Z',
      '2022-01-12Z',
      '2022-01-12+02:00',
      '-2022-01-12',
      '+2022-01-12',
      '12022-01-12',
      '..',
      '...',
      '....',
      '2022-01-12....',
      '....2022-01-12',
      '2022-01-12....2022-01-13',
      '2022-02-30..',
      '...2022-02-30',
      '.. 2022-01-12',
      '2022-01-12 ..',
      '2022-01-12.2022-01-13',
      '2022-01-01 .. 2022-01-31',
      '2022-01-01..2022-01-31..2022-02-28',
      '2022-01-31..2022-01-01',
      '2022-01-13...2022-01-12',
      '2022-01-12T00:00:01Z...2022-01-12',
      '2022-01-12T17:18:08Z..2022-01-12T17:18:07Z',
      '2022-01-12T17:18:07Z..2022-01-12T17:18:07+00:01',
      'today',
      true,
      ['2022-01-12'],
      ['2022-01-01', '2022-01-31'],
      '2022-01-12,2022-01-13',
      { start: '2022-01-31', end: '2022-01-01' },
      { start: '2022-01-12T00:00:01Z', end: '2022-01-12T00:00:00Z' },
      { start: 2022 },
      { start: '2022-02-30' },
      { start: '2022-01-01..2022-01-02' },
      { start: true },
      { start: ['2022-01-01'] },
      { start: { a: 1 } },
      { from: '2022-01-01' },
      { start: '2022-01-01', to: null },
      { start: '2022-01-01', Start: '2022-01-01' },
      { start: '2022-01-01', max: '2022-01-31' },
      { min: '2022-01-01', end: '2022-01-31' },
      { start: '2022-01-01', end: '2022-01-31', min: null },
      { start: null, max: null },
      { min: '2022-01-31', max: '2022-01-01' },
      { min: '2022-01-01', Min: '2022-01-01' },
      { min: 5 },
      { constructor: null },
      JSON.parse('{"__proto__": "2022-01-01"}'),
    ],
  },
  {
    kind: 'range that may be open',
    keys: [
      'updated_at',
      'started_giving_range',
      'pledge_amount_increased_range',
      'donation_date',
      'task_due_date',
    ],
    good: [
      { start: '2022-01-12' },
      { end: '2022-01-12' },
      { start: '', end: '2022-01-12T00:00:00Z' },
      { start: [''], end: '2022-01-12' },
      { min: '2022-01-12' },
      { max: '2022-01-12' },
      '2022-01-12..',
      '..2022-01-12',
      ' 2022-01-12... ',
      '...2022-01-12',
      '2022-01-12T17:18:07.5Z..',
      '...2022-01-12T17:18:07.5+02:00',
      '9999-12-31',
      '9999-12-31T23:59:59-12:00',
      '2024-04-30',
    ],
    bad: [],
  },
  {
    kind: 'range that has both ends',
    keys: ['gave_more_than_pledged_range'],
    good: ['9999-12-31', '2024-01-01..2024-12-31'],
    bad: [
      { start: '2022-01-12' },
      { end: '2022-01-12' },
      { min: '2022-01-12' },
      '2022-01-12..',
      '...2022-01-12',
    ],
  },
  {
    // Today is 31 March 2024; a month before is 29 February.
    kind: 'range that ends a month ago',
    keys: ['stopped_giving_range'],
    good: [
      '2024-03-01',
      '2024-03-01T23:59:59Z',
      '2024-02-01...2024-03-02',
      { end: '2024-03-01' },
      { max: '2024-03-01' },
      '..2024-03-01',
      '...2024-03-02',
      '2024-03-01T23:00:00-00:59',
    ],
    bad: [
      '2024-03-02',
      '2024-02-01..2024-03-02',
      '2024-03-02T00:00:00Z',
      { start: '2022-01-12' },
      '2022-01-12..',
      '..2024-03-02',
      '2024-03-01T23:30:00-00:30',
    ],
  },
]

const ABSENT = [null, '', ' ', '\t\n', [], [''], ['', ' \n'], {}]
/** A list without an item, whatever the key takes, unless that is a text to search for. */
const NO_ITEM = [',', ' , ,', '""', '"", " "', ',"",']
const takesText = (key: string): boolean => ['name_like', 'wildcard_search', 'notes'].includes(key)

describe.each(KINDS)('a $kind ($keys)', ({ keys, absent = [], good, bad }) => {
  it.each(keys)('as %s', (key) => {
    const modifies = !isFilterKeyName(key)
    const reversed = key === 'status' ? 'not status' : 'status'
    for (const value of [...ABSENT, ...(takesText(key) ? [] : NO_ITEM), ...absent]) {
      expect([value, keysOf({ [key]: value })]).toEqual([value, ['status']])
      const together = { [key]: value, [`reverse_${key}`]: true, any_filter: true }
      expect([value, keysOf(together)]).toEqual([value, [reversed]])
    }
    for (const value of good) {
      expect([value, problemsOf({ [key]: value })]).toEqual([value, []])
      expect([value, keysOf({ [key]: value }).includes(key)]).toEqual([value, !modifies])
    }
    for (const value of bad) {
      expect([value, badKeysOf({ [key]: value })]).toEqual([value, [key]])
      expect(badKeysOf({ [key]: value, something: 'else', [`reverse_${key}`]: 'true' })).toEqual([
        key,
      ])
    }
  })
})

it('has a kind for every key', () => {
  const read = new Set(KINDS.flatMap(({ keys }) => keys))
  const all = [...filterKeyNames, ...filterModifiers.keys()]
  expect(all.filter((key) => !read.has(key))).toEqual([])
})

it('reports all problems together, each with what would be right', () => {
  const filter = {
    newsletter: 'some',
    stopped_giving_range: '2024-03-31',
    reverseTags: 'x',
    ids: { a: 1 },
    pledge_amount: '5a',
  }
  expect(problemsOf(filter)).toEqual([
    {
      key: 'newsletter',
      detail:
        "'newsletter' must be one of all, no_value, none, address, email, address_only, email_only, both.",
    },
    {
      key: 'stopped_giving_range',
      detail: "'stopped_giving_range' must end on 2024-03-01 or before.",
    },
    { key: 'reverseTags', detail: "'reverseTags' must be true or false." },
    {
      key: 'ids',
      detail:
        "'ids' must be a list: a text separated by commas, or a JSON array of texts and numbers.",
    },
    {
      key: 'pledge_amount',
      detail: "'pledge_amount' must be a list of numbers such as 50 or 12.5.",
    },
  ])
})
