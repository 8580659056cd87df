import { beforeEach, describe, expect, it } from 'vitest'
import { add, addContact, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { insert } from '../../helpers/database.ts'
import {
  both,
  EVERYBODY,
  FOREIGN,
  gave,
  giver,
  make,
  makeAll,
  MINE,
  recommended,
  selected,
  twoLists,
} from '../../helpers/filter-rows.ts'
import { USER } from '../../helpers/api.ts'

beforeEach(twoLists)

const on = (donation_date: string | null, columns = {}) => ({ donation_date, ...columns })

describe('gifts', () => {
  beforeEach(() =>
    makeAll({
      // One donor account, three gifts, of which the first is a foreign one.
      three: gave(
        on('2022-01-01', { amount: 1, designation_account_id: FOREIGN }),
        on('2022-02-01', { amount: 5 }),
        on('2022-03-01', { amount: 50 }),
        on('2022-04-01', { amount: 50.5 }),
      ),
      // Two donor accounts, a gift of each.
      two: both(gave(on('2022-02-01', { amount: 50 })), gave(on('2022-04-01', { amount: 5 }))),
      // Two on one day.
      twins: gave(on('2022-02-01', { amount: 5 }), on('2022-02-01', { amount: 50 })),
      undated: gave(on(null, { amount: 50 })),
      worthless: gave(on('2022-03-01', { amount: null })),
      elsewhere: gave(on('2022-02-01', { amount: 50, designation_account_id: FOREIGN })),
      nowhere: gave(on('2022-02-01', { amount: 50, designation_account_id: null })),
      nothing: {},
    }),
  )

  it.each<[object, string[]]>([
    [{ donation: 'none' }, ['elsewhere', 'nothing', 'nowhere']],
    [{ donation: 'one' }, ['three', 'twins', 'two', 'undated', 'worthless']],
    [{ donation: 'none,one' }, []],
    [
      { donation: 'none', reverse_donation: true },
      ['three', 'twins', 'two', 'undated', 'worthless'],
    ],
    [{ donation: 'first' }, ['three', 'twins', 'two', 'worthless']],
    [{ donation: 'last' }, ['three', 'twins', 'two', 'worthless']],
    [{ donation: 'first,last' }, ['twins', 'two', 'worthless']],
    [
      { donation: 'first,last', reverse_donation: true },
      ['elsewhere', 'nothing', 'nowhere', 'three', 'undated'],
    ],
    [{ donation: 'one,first' }, ['three', 'twins', 'two', 'worthless']],
    [{ donation: 'none,first' }, []],
    [{ donation: 'first', donation_amount: 50 }, ['twins', 'two']],
    [{ donation: 'last', donation_amount: '5.00' }, ['twins', 'two']],
    [{ donation: 'first', donation_date: '2022-04-01' }, ['two']],
    [{ donation: 'first', donation_date: '2022-02-01' }, ['three', 'twins', 'two']],
    [{ donation: 'last', donation_date: '2022-04-01', donation_amount: 50.5 }, ['three']],
    [
      { donation: 'last', donation_date: '2022-04-01', donation_amount_range: { max: 50 } },
      ['two'],
    ],
    [{ donation: 'first', donation_date: '2022-03-01' }, ['worthless']],
    [{ donation: 'first', reverse_donation: true, donation_date: '2022-02-01' }, []],
    [{ donation: 'first', donation_amount: 5, reverse_donation_amount: true }, ['worthless']],
    [
      { donation: 'none', donation_date: '2022-02-01' },
      ['elsewhere', 'nothing', 'nowhere', 'undated', 'worthless'],
    ],
    [
      { donation: 'none,none', donation_date: '2022-02-01' },
      ['elsewhere', 'nothing', 'nowhere', 'undated', 'worthless'],
    ],
    [
      { donation: 'none', donation_date: '2022-02-01', reverse_donation: true },
      ['three', 'twins', 'two'],
    ],
    [
      { donation: 'none', donation_date: '2022-02-01', reverse_donation_date: true },
      ['elsewhere', 'nothing', 'nowhere', 'undated', 'worthless'],
    ],
    [{ donation: 'none', donation_date: '2022-02-01', donation_amount: 50 }, ['undated']],
    [{ donation: 'none,one', donation_date: '2022-05-01' }, []],
    [{ donation: 'one', donation_date: '2022-03-01' }, ['three', 'worthless']],
    [
      { any_filter: true, donation: 'none', donation_date: '2022-03-01' },
      ['elsewhere', 'nothing', 'nowhere', 'twins', 'two', 'undated'],
    ],
    [
      { any_filter: true, donation: 'first', donation_amount: 50.5 },
      ['three', 'twins', 'two', 'worthless'],
    ],
    [{ donation_amount: '50' }, ['three', 'twins', 'two', 'undated']],
    [{ donation_amount: '50.5,1' }, ['three']],
    [{ donation_amount: '-50' }, []],
    [
      { donation_amount: '9'.repeat(400), reverse_donation_amount: true },
      ['elsewhere', 'nothing', 'nowhere', 'three', 'twins', 'two', 'undated', 'worthless'],
    ],
    [{ donation_amount_range: { min: 50.5 } }, ['three']],
    [{ donation_amount_range: { min: '$50.50' } }, ['three']],
    [{ donation_amount_range: { min: '-50,5' } }, []],
    [{ donation_amount_range: { min: 6, max: 49 } }, []],
    [{ donation_amount_range: { min: 5, max: 5 } }, ['three', 'twins', 'two']],
    [{ donation_amount_range: { min: -5, max: 5 } }, ['three', 'twins', 'two']],
    [{ donation_amount_range: { max: 1e21 } }, ['three', 'twins', 'two', 'undated']],
    [{ donation_amount_range: { min: 1e21 } }, []],
    [{ donation_amount_range: { max: '9'.repeat(400) } }, ['three', 'twins', 'two', 'undated']],
    [
      { donation_amount_range: { Min: '5', max: null }, reverse_donation_amount_range: true },
      ['elsewhere', 'nothing', 'nowhere', 'worthless'],
    ],
    [{ donation_date: '2022-02-01..2022-03-01' }, ['three', 'twins', 'two', 'worthless']],
    [{ donation_date: '2022-02-01T10:00:00Z' }, ['three', 'twins', 'two']],
    [{ donation_date: { start: '2022-04-01' } }, ['three', 'two']],
    [{ donation_date: '2022-01-01' }, []],
    [{ donation_date: '2022-04-01', donation_amount: 5 }, ['two']],
    [{ donation_date: '2022-04-01', donation_amount: 50 }, []],
    [
      { donation_date: '2022-02-01', reverse_donation_date: true },
      ['elsewhere', 'nothing', 'nowhere', 'undated', 'worthless'],
    ],
    [
      { designation_account_id: MINE.toUpperCase() },
      ['three', 'twins', 'two', 'undated', 'worthless'],
    ],
    [{ designation_account_id: FOREIGN }, []],
    [
      { designation_account_id: [FOREIGN, 'no uuid'], reverse_designation_account_id: true },
      ['elsewhere', 'nothing', 'nowhere', 'three', 'twins', 'two', 'undated', 'worthless'],
    ],
    // It is no key of the group: any gift will do.
    [{ designation_account_id: MINE, donation_amount: 5, donation_date: '2022-04-01' }, ['two']],
  ])('%j', async (filter, expected) => {
    expect(await selected({ ...('any_filter' in filter ? {} : EVERYBODY), ...filter })).toEqual(
      expected,
    )
  })

  it('belong to the user by the account lists in scope', async () => {
    await insert('account_list_users', { account_list_id: OTHER_LIST, user_id: USER })
    const everybody = [
      'elsewhere',
      'nothing',
      'nowhere',
      'three',
      'twins',
      'two',
      'undated',
      'worthless',
    ]
    expect(await selected({ designation_account_id: FOREIGN })).toEqual(['elsewhere', 'three'])
    expect(await selected({ designation_account_id: FOREIGN, account_list_id: LIST })).toEqual([])
    // The first gift of three is the foreign one now, and no longer foreign.
    expect(await selected({ donation: 'first', donation_amount: 1 })).toEqual(['three'])
    expect(
      await selected({ donation: 'first', donation_amount: 1, account_list_id: LIST }),
    ).toEqual([])
    expect(await selected({ donation: 'none' })).toEqual(['nothing', 'nowhere'])
    expect(
      await selected({ any_filter: true, account_list_id: OTHER_LIST, status: 'active' }),
    ).toEqual([])
    expect(await selected({ any_filter: true, account_list_id: LIST, status: 'active' })).toEqual(
      everybody,
    )
    expect(await selected({ any_filter: true, account_list_id: LIST })).toEqual(everybody)
  })
})

it('a donor account is first or last by the gifts of all who share it', async () => {
  const donor_account_id = await add('donor_accounts', {})
  for (const greeting of ['one', 'other']) {
    const contact_id = await addContact({ greeting })
    await insert('contact_donor_accounts', { contact_id, donor_account_id })
  }
  const gift = { donor_account_id, designation_account_id: MINE }
  await add('donations', { ...gift, amount: 5, donation_date: '2022-01-01' })
  await add('donations', { ...gift, amount: 50, donation_date: '2022-02-01' })
  expect(await selected({ donation: 'first', donation_amount: 5 })).toEqual(['one', 'other'])
  expect(await selected({ donation: 'first', donation_amount: 50 })).toEqual([])
  expect(await selected({ donation: 'last', donation_amount: 50 })).toEqual(['one', 'other'])
  expect(await selected({ donation: 'first,last' })).toEqual([])
})

it('a recommendation is compared with the commitment by the month', async () => {
  const over = { suggested_pledge_amount: 50.01 }
  await makeAll({
    over: recommended(over),
    mine: recommended({ ...over, designation_account_id: MINE }),
    foreign: recommended({ ...over, designation_account_id: FOREIGN }),
    same: recommended({ suggested_pledge_amount: 50 }),
    unknown: recommended({ suggested_pledge_amount: null }),
    withoutAmount: both(recommended(over), { pledge_amount: null }),
    withoutFrequency: both(recommended(over), { pledge_frequency: null }),
    ofNoMonths: both(recommended(over), { pledge_frequency: 0 }),
    none: { pledge_amount: 1, pledge_frequency: 1 },
  })
  const without = [
    'foreign',
    'none',
    'ofNoMonths',
    'same',
    'unknown',
    'withoutAmount',
    'withoutFrequency',
  ]
  expect(await selected({ donation_amount_recommendation: 'Yes' })).toEqual(['mine', 'over'])
  expect(await selected({ donation_amount_recommendation: 'No' })).toEqual(without)
  const reversed = { reverse_donation_amount_recommendation: 'true' }
  expect(await selected({ donation_amount_recommendation: 'Yes', ...reversed })).toEqual(without)
  expect(await selected({ donation_amount_recommendation: 'No', ...reversed })).toEqual([
    'mine',
    'over',
  ])
})

const monthly = (amount: number) => ({ pledge_amount: amount, last_donation_date: '2022-03-31' })

describe('who gave more than pledged', () => {
  it.each<[object | string, string[]]>([
    // January to March, 90 given: 30 a month.
    ['2022-01-01..2022-03-31', ['quarterly', 'under29']],
    // The days of a month do not matter, nor times.
    ['2022-01-31..2022-03-01', ['quarterly', 'under29']],
    [{ start: '2022-01-31T23:59:59Z', end: '2022-03-01T00:00:00Z' }, ['quarterly', 'under29']],
    // The last month is April, in which nobody has given yet: it does not count.
    ['2022-01-01..2022-04-30', ['quarterly', 'under29']],
    ['2022-01-01...2022-05-01', ['quarterly', 'under29']],
    // With May, April counts: 90 in four months.
    ['2022-01-01..2022-05-01', ['quarterly']],
    // February alone: 60 given.
    ['2022-02-10', ['even30', 'quarterly', 'under29']],
    // A month in which nothing was given.
    ['2022-04-01..2022-04-30', []],
    ['2021-12-01..2021-12-31', []],
    // An empty range.
    ['2022-02-01...2022-02-01', []],
    // A year: 90 in twelve months, the last of which does not count.
    ['2022-01-01..2022-12-31', ['quarterly']],
  ])('%j', async (gave_more_than_pledged_range, expected) => {
    const gifts = [
      on('2022-01-01', { amount: 15 }),
      on('2022-02-01', { amount: 30 }),
      on('2022-02-28', { amount: 30 }),
      on('2022-03-31', { amount: 15 }),
      on('2022-02-28', { amount: 1000, designation_account_id: FOREIGN }),
      on(null, { amount: 1000 }),
    ]
    await makeAll({
      even30: giver(monthly(30), ...gifts),
      under29: giver(monthly(29.99), ...gifts),
      over100: giver(monthly(100), ...gifts),
      quarterly: giver({ ...monthly(20), pledge_frequency: 3 }, ...gifts),
      nothing: { pledge_amount: -1 },
    })
    const found = await selected({
      ...EVERYBODY,
      gave_more_than_pledged_range,
      pledge_amount: -1,
      reverse_pledge_amount: true,
    })
    expect(found).toEqual(expected)
  })

  it('counts a missing amount as nothing, a missing or zero frequency as one, and no gift as 0', async () => {
    const gift = on('2022-01-10', { amount: 5 })
    await makeAll({
      unpledged: giver({}, gift),
      zero: giver({ pledge_amount: 4, pledge_frequency: 0 }, gift),
      none: giver({ pledge_amount: 4 }, gift),
      more: giver({ pledge_amount: 6 }, gift),
      nothing: {},
      negative: { pledge_amount: -1 },
    })
    expect(await selected({ gave_more_than_pledged_range: '2022-01-01' })).toEqual([
      'negative',
      'none',
      'unpledged',
      'zero',
    ])
    const reversed = {
      gave_more_than_pledged_range: '2022-01-01',
      reverse_gave_more_than_pledged_range: true,
    }
    expect(await selected(reversed)).toEqual(['more', 'nothing'])
  })
})

describe('who stopped giving', () => {
  it.each<[string, string[], boolean]>([
    // The ten months up to 31 December begin on 28 February.
    ['2021-12-01..2021-12-31', ['2021-02-28', '2021-06-01', '2021-12-31'], true],
    ['2021-12-01..2021-12-31', ['2021-02-27', '2021-06-01', '2021-12-31'], false],
    ['2020-12-01..2020-12-31', ['2020-02-29', '2020-06-01', '2020-12-31'], true],
    ['2020-12-01..2020-12-31', ['2020-02-28', '2020-06-01', '2020-12-31'], false],
    // Those up to 30 November begin on 30 January, and the end day of … does not count.
    ['2021-11-01..2021-11-30', ['2021-01-30', '2021-01-30', '2021-11-30'], true],
    ['2021-11-01...2021-11-30', ['2021-01-29', '2021-06-01', '2021-11-29'], true],
    ['2021-11-01...2021-11-30', ['2021-01-28', '2021-06-01', '2021-11-29'], false],
    ['2021-11-01..2021-11-30', ['2021-06-01', '2021-11-30', '2021-12-01'], false],
    [
      '2021-11-01T10:00:00Z..2021-11-30T00:00:00Z',
      ['2021-01-30', '2021-02-01', '2021-11-30'],
      true,
    ],
  ])('%s, gifts on %j: %j', async (stopped_giving_range, dates, expected) => {
    const last_donation_date = stopped_giving_range.includes('...')
      ? '2021-11-29'
      : stopped_giving_range.slice(-20).replace(/T.*/, '').slice(-10)
    await make('giver', giver({ last_donation_date }, ...dates.map((date) => on(date))))
    await make(
      'stranger',
      giver(
        { last_donation_date },
        ...dates.map((date) => on(date, { designation_account_id: FOREIGN })),
      ),
    )
    expect(await selected({ stopped_giving_range })).toEqual(expected ? ['giver'] : [])
    const reversed = { stopped_giving_range, reverse_stopped_giving_range: true }
    expect(await selected(reversed)).toEqual(expected ? ['stranger'] : ['giver', 'stranger'])
  })

  it('asks for a last gift within the range', async () => {
    const gifts = ['2021-10-01', '2021-11-01', '2021-11-02'].map((date) => on(date))
    await makeAll({
      stopped: giver({ last_donation_date: '2021-11-02' }, ...gifts),
      later: giver({ last_donation_date: '2022-01-01' }, ...gifts),
      unknown: giver({}, ...gifts),
    })
    expect(await selected({ stopped_giving_range: '2021-11-01..2021-11-30' })).toEqual(['stopped'])
    expect(await selected({ stopped_giving_range: { end: '2021-11-30' } })).toEqual(['stopped'])
  })
})
