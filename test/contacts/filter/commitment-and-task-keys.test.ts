import { beforeEach, describe, expect, it } from 'vitest'
import { add, addContact, addList, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { insert } from '../../helpers/database.ts'
import {
  APPEAL,
  both,
  busy,
  daysAgo,
  EVERYBODY,
  giver,
  inAppeal,
  makeAll,
  recorded,
  selected,
  twoLists,
} from '../../helpers/filter-rows.ts'
import { USER } from '../../helpers/api.ts'

beforeEach(twoLists)

const late = (days: number) => ({ status: 'Partner - Financial', late_at: daysAgo(days) })

/** What was recorded of a commitment. */
const was = (
  recorded_on: string | null,
  pledge_amount: number | null,
  pledge_frequency: number | null = null,
) => recorded({ recorded_on, pledge_amount, pledge_frequency })

describe('a commitment', () => {
  it.each<[unknown, string[]]>([
    ['50', ['fifty']],
    ['50.00,7', ['fifty']],
    [50.5, ['cents']],
    ['0', ['zero']],
    ['-0', ['zero']],
    ['-5', ['negative']],
    ['0050', ['fifty']],
    [1e21, ['much']],
    ['1000000000000000000000', ['much']],
    ['9'.repeat(400), []],
    [['9'.repeat(400), 50], ['fifty']],
  ])('of an amount of %j', async (pledge_amount, expected) => {
    await makeAll({
      fifty: { pledge_amount: 50 },
      cents: { pledge_amount: 50.5 },
      zero: { pledge_amount: 0 },
      negative: { pledge_amount: -5 },
      much: { pledge_amount: 1e21 },
      unknown: {},
    })
    const everybody = ['cents', 'fifty', 'much', 'negative', 'unknown', 'zero']
    expect(await selected({ pledge_amount })).toEqual(expected)
    expect(await selected({ pledge_amount, reverse_pledge_amount: true })).toEqual(
      everybody.filter((name) => !expected.includes(name)),
    )
  })

  it('is in the currency of its own account list where none is stored', async () => {
    const euros = 'a0000000-0000-4000-8000-000000000003'
    await addList(euros, { default_currency: 'EUR' })
    await insert('account_list_users', { account_list_id: OTHER_LIST, user_id: USER })
    await makeAll({
      dollars: { pledge_currency: 'USD' },
      euros: { pledge_currency: 'EUR' },
      pounds: { pledge_currency: 'GBP' },
      small: { pledge_currency: 'usd' },
      emptyInDollars: { pledge_currency: '' },
      noneInDollars: { account_list_id: OTHER_LIST },
      emptyInEuros: { account_list_id: euros, pledge_currency: '' },
      noneInEuros: { account_list_id: euros },
      dollarsInEuros: { account_list_id: euros, pledge_currency: 'USD' },
    })
    const dollars = ['dollars', 'dollarsInEuros', 'emptyInDollars', 'noneInDollars']
    const ofEuros = ['emptyInEuros', 'euros', 'noneInEuros']
    expect(await selected({ pledge_currency: 'USD' })).toEqual(dollars)
    expect(await selected({ pledge_currency: 'EUR' })).toEqual(ofEuros)
    expect(await selected({ pledge_currency: 'GBP,CAD' })).toEqual(['pounds'])
    expect(await selected({ pledge_currency: 'EUR,USD', reverse_pledge_currency: true })).toEqual([
      'pounds',
      'small',
    ])
  })

  it.each<[unknown, string[]]>([
    [1, ['about', 'monthly']],
    ['0.23079', ['rounded', 'weekly']],
    ['0.23076923076923', ['rounded', 'weekly']],
    ['0.2310', []],
    ['null,12', ['yearly']],
    ['0', ['zero']],
    [
      [1, '12', 'null'],
      ['about', 'monthly', 'yearly'],
    ],
  ])('is within 0.0001 of a frequency of %j', async (pledge_frequency, expected) => {
    await makeAll({
      weekly: { pledge_frequency: 3 / 13 },
      rounded: { pledge_frequency: 0.2308 },
      monthly: { pledge_frequency: 1 },
      about: { pledge_frequency: 1.00005 },
      over: { pledge_frequency: 1.0002 },
      yearly: { pledge_frequency: 12 },
      zero: { pledge_frequency: 0 },
      unknown: {},
    })
    const everybody = ['about', 'monthly', 'over', 'rounded', 'unknown', 'weekly', 'yearly', 'zero']
    expect(await selected({ pledge_frequency })).toEqual(expected)
    const reversed = { pledge_frequency, reverse_pledge_frequency: true }
    expect(await selected(reversed)).toEqual(everybody.filter((name) => !expected.includes(name)))
    expect(await selected({ pledge_frequency: 'null', reverse_pledge_frequency: true })).toEqual(
      everybody,
    )
  })

  it.each<[unknown, string[]]>([
    [30, ['30', '60', '61']],
    ['30_60', ['30', '60']],
    ['0', ['0', '29', '30', '60', '61']],
    ['0_0', ['0']],
    ['61_9999', ['61']],
    [`0_${'9'.repeat(400)}`, ['0', '29', '30', '60', '61']],
    ['9'.repeat(30), []],
  ])('is late by %j', async (pledge_late_by, expected) => {
    await makeAll({
      ahead: late(-1),
      0: late(0),
      29: late(29),
      30: late(30),
      60: late(60),
      61: late(61),
      unknown: { status: 'Partner - Financial' },
      special: { ...late(30), status: 'Partner - Special' },
    })
    expect(await selected({ pledge_late_by })).toEqual(expected)
    const reversed = { pledge_late_by, reverse_pledge_late_by: true }
    expect(await selected(reversed)).toEqual(
      ['0', '29', '30', '60', '61', 'ahead', 'special', 'unknown'].filter(
        (name) => !expected.includes(name),
      ),
    )
  })

  it('began with a first gift, and is over 0', async () => {
    const first_donation_date = '2022-01-12'
    await makeAll({
      began: { pledge_amount: 0.01, first_donation_date },
      zero: { pledge_amount: 0, first_donation_date },
      unknown: { first_donation_date },
      later: { pledge_amount: 5, first_donation_date: '2022-01-13' },
      never: { pledge_amount: 5 },
    })
    const started_giving_range = { end: '2022-01-12' }
    expect(await selected({ started_giving_range })).toEqual(['began'])
    expect(await selected({ started_giving_range, reverse_started_giving_range: true })).toEqual([
      'later',
      'never',
      'unknown',
      'zero',
    ])
  })

  it('has increased when it is over all that was recorded within the range', async () => {
    const now = { pledge_amount: 20, pledge_frequency: 2 }
    await makeAll({
      more: both(now, was('2022-01-31', 9.99)),
      nothing: both(now, was('2022-01-01', null)),
      zeroMonths: both(now, was('2022-01-01', 9, 0)),
      same: both(now, was('2022-01-31', 10)),
      once: both(now, was('2022-01-01', 5), was('2022-01-15', 30, 2)),
      outside: both(now, was('2022-01-15', 5), was('2022-02-01', 30)),
      before: both(now, was('2021-12-31', 5)),
      undated: both(now, was(null, 5)),
      unknown: giver(now),
      fallen: both({ pledge_amount: null }, was('2022-01-15', 0)),
      unpledged: both({}, was('2022-01-15', -1)),
    })
    const pledge_amount_increased_range = '2022-01-01..2022-01-31'
    const increased = ['more', 'nothing', 'outside', 'unpledged', 'zeroMonths']
    expect(await selected({ pledge_amount_increased_range })).toEqual(increased)
    expect(await selected({ pledge_amount_increased_range: { start: '2022-01-01' } })).toEqual(
      increased.filter((name) => name !== 'outside'),
    )
    expect(
      await selected({
        pledge_amount_increased_range,
        reverse_pledge_amount_increased_range: true,
      }),
    ).toEqual(['before', 'fallen', 'once', 'same', 'undated', 'unknown'])
  })
})

describe('tasks', () => {
  beforeEach(() =>
    makeAll({
      call: busy({ activity_type: 'Call', start_at: '2022-01-12T10:00:00Z' }),
      called: busy({ activity_type: 'Call', completed: 1, start_at: '2022-01-12T10:00:00Z' }),
      callAndDue: both(
        busy({ activity_type: 'Call' }),
        busy({ start_at: '2022-01-12T23:59:59Z', completed: 1 }),
      ),
      thank: busy({ activity_type: 'Thank' }),
      unnamed: busy({ activity_type: null, start_at: '2022-01-13T00:00:00Z' }),
      noneAsWord: busy({ activity_type: 'none', completed: 1 }),
      free: {},
    }),
  )

  it.each<[object, string[]]>([
    [{ related_task_action: 'Call' }, ['call', 'callAndDue']],
    [{ related_task_action: 'call' }, []],
    [{ related_task_action: 'Call,Thank' }, ['call', 'callAndDue', 'thank']],
    [
      { related_task_action: 'Call', reverse_related_task_action: true },
      ['called', 'free', 'noneAsWord', 'thank', 'unnamed'],
    ],
    [{ related_task_action: 'none' }, ['called', 'free', 'noneAsWord']],
    [{ related_task_action: 'null,Call' }, ['called', 'free', 'noneAsWord']],
    [
      { related_task_action: ['Thank', 'none'], reverse_related_task_action: true },
      ['call', 'callAndDue', 'thank', 'unnamed'],
    ],
    [{ tasks_all_completed: true }, ['called', 'free', 'noneAsWord']],
    [
      { tasks_all_completed: 'true', reverse_tasks_all_completed: true },
      ['call', 'callAndDue', 'thank', 'unnamed'],
    ],
    [
      { tasks_all_completed: false },
      ['call', 'callAndDue', 'called', 'free', 'noneAsWord', 'thank', 'unnamed'],
    ],
    [
      { tasks_all_completed: 'false', reverse_tasks_all_completed: true },
      ['call', 'callAndDue', 'called', 'free', 'noneAsWord', 'thank', 'unnamed'],
    ],
    [{ task_due_date: '2022-01-12' }, ['call', 'callAndDue', 'called']],
    [{ task_due_date: '2022-01-12T10:00:00.5Z' }, ['call', 'called']],
    [{ task_due_date: { start: '2022-01-13' } }, ['unnamed']],
    [
      { task_due_date: '2022-01-12', reverse_task_due_date: true },
      ['free', 'noneAsWord', 'thank', 'unnamed'],
    ],
    [{ related_task_action: 'Call', task_due_date: '2022-01-12' }, ['call']],
    [{ related_task_action: 'none', task_due_date: '2022-01-12' }, ['called']],
    [
      { related_task_action: 'Call', task_due_date: '2030-01-01', reverse_task_due_date: true },
      ['call', 'callAndDue'],
    ],
    [
      { any_filter: true, related_task_action: 'Thank', task_due_date: '2022-01-13' },
      ['thank', 'unnamed'],
    ],
  ])('%j', async (filter, expected) => expect(await selected(filter)).toEqual(expected))
})

it('a task of several contacts is one of each', async () => {
  const task_id = await add('tasks', { account_list_id: LIST, activity_type: 'Call' })
  for (const greeting of ['one', 'other']) {
    await insert('task_contacts', { task_id, contact_id: await addContact({ greeting }) })
  }
  expect(await selected({ related_task_action: 'Call' })).toEqual(['one', 'other'])
})

describe('appeals', () => {
  const OTHER_APPEAL = 'e0000000-0000-4000-8000-000000000002'

  beforeEach(async () => {
    await insert('appeals', { id: OTHER_APPEAL, account_list_id: LIST })
    await makeAll({
      asked: inAppeal,
      askedOther: (contact_id) =>
        insert('appeal_contacts', { contact_id, appeal_id: OTHER_APPEAL }),
      askedButUnwilling: both({ no_appeals: 1 }, inAppeal),
      unwilling: { no_appeals: 1 },
      neither: {},
    })
  })

  it.each<[object, string[]]>([
    [{ appeal: APPEAL.toUpperCase() }, ['asked', 'askedButUnwilling']],
    [{ appeal: [APPEAL, OTHER_APPEAL] }, ['asked', 'askedButUnwilling', 'askedOther']],
    [{ appeal: 'no_appeals' }, ['askedButUnwilling', 'unwilling']],
    [{ appeal: `${APPEAL},no_appeals` }, ['askedButUnwilling']],
    [{ appeal: [OTHER_APPEAL, 'no_appeals'] }, []],
    [{ appeal: 'NO_APPEALS' }, ['askedButUnwilling', 'unwilling']],
    [{ appeal: 'noAppeals' }, []],
    [{ appeal: APPEAL, reverse_appeal: true }, ['askedOther', 'neither', 'unwilling']],
    [
      { appeal: `${APPEAL},no_appeals`, reverse_appeal: true },
      ['asked', 'askedOther', 'neither', 'unwilling'],
    ],
    [{ appeal: 'no_appeals', reverse_appeal: true }, ['asked', 'askedOther', 'neither']],
    [{ no_appeals: true }, ['askedButUnwilling', 'unwilling']],
    [{ no_appeals: 'false' }, ['asked', 'askedOther', 'neither']],
    [{ no_appeals: false, reverse_no_appeals: true }, ['askedButUnwilling', 'unwilling']],
  ])('%j', async (filter, expected) =>
    expect(await selected({ ...EVERYBODY, ...filter })).toEqual(expected),
  )
})
