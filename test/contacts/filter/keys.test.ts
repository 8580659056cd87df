import { beforeEach, describe, expect, it } from 'vitest'
import { filterKeyNames } from '../../../src/contacts/filter/keys/keys.ts'
import { post } from '../../helpers/api.ts'
import { addPerson, newId } from '../../helpers/contacts.ts'
import {
  type Made,
  MINE,
  FOREIGN,
  APPEAL,
  REFERRER,
  CHOSEN,
  daysAgo,
  tagged,
  placed,
  mailed,
  referred,
  inAppeal,
  donor,
  gave,
  recommended,
  busy,
  giver,
  increased,
  EVERYBODY,
  make,
  selected,
  twoLists,
} from '../../helpers/filter-rows.ts'

const LONG = 'x'.repeat(201)
const regular = ['2022-01-31', '2022-02-28', '2022-03-31'].map((donation_date) => ({
  donation_date,
}))

/** Key, value, a contact that it selects, one that it does not, and a value that is a 400. */
const CASES: [key: string, value: unknown, yes: Made, no: Made, bad: unknown][] = [
  ['status', 'hidden,null', { status: 'Never Ask' }, { status: 'Partner - Pray' }, { a: 1 }],
  ['status', 'Partner - Pray', { status: 'Partner - Pray' }, { status: 'partner - pray' }, [null]],
  ['status_valid', 'false', { status_valid: 0 }, { status_valid: 1 }, 'no'],
  ['ids', [CHOSEN, 'x'], { id: CHOSEN }, {}, { a: 1 }],
  ['not_ids', CHOSEN.toUpperCase(), {}, { id: CHOSEN }, [true]],
  ['name_like', 'YÉ', { name: 'yés' }, { name: 'no yés' }, LONG],
  ['name_like', '%_\\', { name: '%_\\ x' }, { name: 'abc' }, { a: 1 }],
  ['wildcard_search', 'jane, DOE-x', { name: 'Doe x Jane' }, { name: 'Doe Jane' }, LONG],
  [
    'wildcard_search',
    'doe jane',
    (id) => addPerson(id, { first_name: 'Jane', last_name: 'Doe', deceased: 0 }),
    (id) => addPerson(id, { first_name: 'Jane' }),
    [1],
  ],
  [
    'wildcard_search',
    'É@X',
    mailed('email_addresses', { email: 'é@x.org', historic: 1 }),
    mailed('email_addresses', { email: 'e@x.org' }),
    { a: 1 },
  ],
  [
    'wildcard_search',
    '555',
    mailed('phone_numbers', { number: '+1555' }),
    mailed('phone_numbers', { number: null }),
    [1],
  ],
  [
    'wildcard_search',
    '-7',
    donor({ account_number: '12-7' }),
    donor({ account_number: '127' }),
    [1],
  ],
  [
    'notes',
    { wildcard_note_search: 'CAMP' },
    { notes: 'At camp.' },
    { notes: null },
    { other: 'x' },
  ],
  ['notes', 'é', { notes: 'CAFÉ' }, { notes: 'cafe' }, { wildcard_note_search: LONG }],
  ['tags', 'a,B', (id) => Promise.all([tagged('A')(id), tagged('b')(id)]), tagged('a'), { a: 1 }],
  ['tags', '"b, C"', tagged('B, c'), tagged('b'), [null]],
  ['exclude_tags', 'É', tagged('e'), tagged('é'), [false]],
  ['likely', 'none', { likely_to_give: '' }, { likely_to_give: 'none' }, { a: 1 }],
  ['church', 'Grace', { church_name: 'Grace' }, { church_name: 'grace' }, { a: 1 }],
  ['locale', 'null,en', { locale: null }, { locale: 'de' }, { a: 1 }],
  ['timezone', 'UTC', { timezone: 'UTC' }, { timezone: null }, { a: 1 }],
  ['referrer', 'any', referred, {}, { a: 1 }],
  ['referrer', 'none', {}, referred, [null]],
  ['referrer', REFERRER, referred, {}, { a: 1 }],
  ['contact_type', 'person', donor(), donor({ master_company_id: newId() }), 'robot'],
  ['contact_type', 'company', donor({ master_company_id: newId() }), {}, 'companies'],
  ['newsletter', 'all', { send_newsletter: 'Email' }, { send_newsletter: 'None' }, 'some'],
  ['newsletter', 'no_value', { send_newsletter: '' }, { send_newsletter: 'None' }, 'every'],
  ['newsletter', 'none', { send_newsletter: 'None' }, { send_newsletter: null }, 1],
  ['newsletter', 'address', { send_newsletter: 'Both' }, { send_newsletter: 'Email' }, ['address']],
  ['newsletter', 'email', { send_newsletter: 'Both' }, { send_newsletter: 'Physical' }, { a: 1 }],
  ['newsletter', 'address_only', { send_newsletter: 'Physical' }, { send_newsletter: 'Both' }, 'x'],
  ['newsletter', 'email_only', { send_newsletter: 'Email' }, { send_newsletter: 'Both' }, 'x'],
  ['newsletter', 'both', { send_newsletter: 'Both' }, { send_newsletter: 'Email' }, 'x'],
  [
    'updated_at',
    '2022-01-12',
    { updated_at: '2022-01-12T23:59:59Z' },
    { updated_at: '2022-01-13T00:00:00Z' },
    '2022-02-30',
  ],
  ['city', 'Paris', placed({ city: 'Paris' }), placed({ city: 'Paris', historic: 1 }), { a: 1 }],
  ['state', 'none', placed({ state: '' }), placed({ state: 'NY' }), { a: 1 }],
  [
    'country',
    'France',
    placed({ country: 'France' }),
    placed({ country: 'France', deleted: 1 }),
    { a: 1 },
  ],
  ['region', 'North', placed({ region: 'North' }), placed({ region: 'north' }), { a: 1 }],
  ['metro_area', 'NYC', placed({ metro_area: 'NYC' }), {}, { a: 1 }],
  ['address_historic', 'true', placed({ historic: 1 }), placed({}), 'yes'],
  ['primary_address', 'primary', placed({ primary_mailing_address: 1 }), placed({}), 'first'],
  ['primary_address', 'active', placed({}), placed({ historic: 1 }), 'first'],
  ['primary_address', 'inactive,primary', placed({ historic: 1 }), placed({}), 'x'],
  ['address_valid', 'false', placed({ valid_values: 0 }), placed({}), 'invalid'],
  [
    'address_valid',
    false,
    (id) => Promise.all([1, 2].map(() => placed({ primary_mailing_address: 1 })(id))),
    placed({ primary_mailing_address: 1 }),
    0,
  ],
  [
    'contact_info_email',
    'Yes',
    mailed('email_addresses', { email: 'a@b' }),
    mailed('email_addresses', { email: '' }),
    'maybe',
  ],
  [
    'contact_info_phone',
    'yes',
    mailed('phone_numbers', { number: '1', location: 'home' }),
    mailed('phone_numbers', { number: '1', location: 'mobile' }),
    'true',
  ],
  [
    'contact_info_mobile',
    'YES',
    mailed('phone_numbers', { number: '1', location: 'mobile' }),
    mailed('phone_numbers', { number: '1', location: 'mobile', historic: 1 }),
    'x',
  ],
  [
    'contact_info_work_phone',
    'No',
    {},
    mailed('phone_numbers', { number: '1', location: 'work' }),
    'x',
  ],
  ['contact_info_addr', 'Yes', placed({ street: '1 Main' }), placed({ street: '' }), 'x'],
  ['contact_info_addr', 'No', placed({ street: 'A', deleted: 1 }), placed({ street: 'A' }), 'x'],
  ['contact_info_addr', 'No', placed({ street: 'A', historic: 1 }), placed({ street: 'A' }), 'x'],
  [
    'contact_info_facebook',
    'Yes',
    mailed('person_facebook_accounts', { username: 'a' }),
    mailed('person_facebook_accounts', { username: null }),
    'x',
  ],
  ['pledge_received', 'true', { pledge_received: 1 }, {}, 'yes'],
  ['pledge_amount', '50.00,7', { pledge_amount: 50 }, { pledge_amount: null }, '5a'],
  ['pledge_currency', 'EUR', { pledge_currency: 'EUR' }, { pledge_currency: '' }, { a: 1 }],
  ['pledge_currency', 'USD', { pledge_currency: '' }, { pledge_currency: 'EUR' }, { a: 1 }],
  [
    'pledge_frequency',
    '0.2308,null',
    { pledge_frequency: 3 / 13 },
    { pledge_frequency: null },
    'weekly',
  ],
  [
    'pledge_late_by',
    '30_60',
    { status: 'Partner - Financial', late_at: daysAgo(45) },
    { status: 'Partner - Financial', late_at: daysAgo(61) },
    '60_30',
  ],
  [
    'pledge_late_by',
    30,
    { status: 'Partner - Financial', late_at: daysAgo(30) },
    { status: 'Partner - Pray', late_at: daysAgo(45) },
    '-1',
  ],
  [
    'started_giving_range',
    '2022-01-01..2022-01-31',
    { pledge_amount: 1, first_donation_date: '2022-01-31' },
    { first_donation_date: '2022-01-31' },
    '2022-01-31..2022-01-01',
  ],
  [
    'stopped_giving_range',
    '2022-03-01..2022-04-30',
    giver({ last_donation_date: '2022-03-31' }, ...regular),
    giver({ last_donation_date: '2022-03-31' }, ...regular.slice(1)),
    daysAgo(5),
  ],
  [
    'gave_more_than_pledged_range',
    '2022-01-15..2022-02-15',
    giver(
      { pledge_amount: 10, last_donation_date: '2022-02-01' },
      { amount: 21, donation_date: '2022-02-28' },
    ),
    giver(
      { pledge_amount: 10, last_donation_date: '2022-02-01' },
      { amount: 20, donation_date: '2022-01-01' },
    ),
    { start: '2022-01-01' },
  ],
  [
    'pledge_amount_increased_range',
    '2022-01-01..2022-01-31',
    increased({ pledge_amount: 10 }),
    increased({ pledge_amount: 10, pledge_frequency: 0.5 }),
    '2022',
  ],
  ['donation', 'none', gave({ designation_account_id: FOREIGN }), gave({}), 'some'],
  ['donation', 'one', gave({}), gave({ designation_account_id: FOREIGN }), 'two'],
  [
    'donation',
    'first,last',
    gave({ donation_date: '2022-01-01' }),
    gave({ donation_date: null }),
    'x',
  ],
  ['donation_amount', '50', gave({ amount: 50 }), gave({ amount: 5 }), 'fifty'],
  [
    'donation_amount_range',
    { min: '$1,000' },
    gave({ amount: 1000 }),
    gave({ amount: 999.99 }),
    { min: 5, max: 1 },
  ],
  ['donation_amount_range', { max: 5 }, gave({ amount: 5 }), gave({ amount: null }), { min: 'x' }],
  [
    'donation_date',
    '2022-01-01...2022-01-03',
    gave({ donation_date: '2022-01-02' }),
    gave({ donation_date: '2022-01-03' }),
    { begin: '2022-01-01' },
  ],
  [
    'donation_amount_recommendation',
    'Yes',
    recommended({ suggested_pledge_amount: 51 }),
    recommended({ suggested_pledge_amount: 50 }),
    'maybe',
  ],
  [
    'donation_amount_recommendation',
    'No',
    recommended({ suggested_pledge_amount: 51, designation_account_id: FOREIGN }),
    recommended({ suggested_pledge_amount: 51, designation_account_id: MINE }),
    'x',
  ],
  ['designation_account_id', [MINE], gave({}), gave({ designation_account_id: FOREIGN }), { a: 1 }],
  [
    'related_task_action',
    'Call',
    busy({ activity_type: 'Call' }),
    busy({ activity_type: 'Call', completed: 1 }),
    { a: 1 },
  ],
  [
    'related_task_action',
    'none,Call',
    busy({ completed: 1 }),
    busy({ activity_type: 'Call' }),
    [null],
  ],
  ['tasks_all_completed', 'true', {}, busy({}), 'all'],
  [
    'task_due_date',
    '2022-01-12T10:00:00+02:00',
    busy({ start_at: '2022-01-12T08:00:00Z' }),
    busy({ start_at: '2022-01-12T10:00:00Z' }),
    'tomorrow',
  ],
  ['appeal', [APPEAL], inAppeal, { no_appeals: 1 }, { a: 1 }],
  ['appeal', 'no_appeals', { no_appeals: 1 }, inAppeal, [null]],
  ['no_appeals', 'true', { no_appeals: 1 }, {}, 'none'],
]

beforeEach(twoLists)

describe.each(CASES)('%s = %j', (key, value, yes, no, bad) => {
  beforeEach(async () => {
    await make('yes', yes)
    await make('no', no)
  })

  it('selects, alone and under any_filter, and refuses what it cannot read', async () => {
    expect(await selected({ ...EVERYBODY, [key]: value })).toEqual(['yes'])
    expect(await selected({ any_filter: true, likely: 'nobody', [key]: value })).toEqual(['yes'])
    for (const filter of [{ [key]: bad }, JSON.stringify({ [key]: bad })]) {
      const { status, text } = await post({ filter })
      expect(status).toBe(400)
      expect(JSON.parse(text).errors).toEqual([
        expect.objectContaining({ source: { pointer: `/data/attributes/params/filter/${key}` } }),
      ])
    }
  })
})

// Reversed, status has rules of its own, below.
describe.each(CASES.filter(([key]) => key !== 'status'))('%s = %j', (key, value, yes, no) => {
  it('selects the others when it is reversed', async () => {
    await make('yes', yes)
    await make('no', no)
    const filter = { ...EVERYBODY, [key]: value, [`reverse_${key}`]: true }
    expect(await selected(filter)).toEqual(['no'])
  })
})

it('has a case for every key', () => {
  expect(new Set(CASES.map(([key]) => key))).toEqual(new Set<string>(filterKeyNames))
})

describe('reversed, status', () => {
  it.each([
    ['active', ['hidden']],
    ['null', ['hidden']],
    ['active,Other', ['hidden', 'other']],
    ['active,hidden', ['hidden']],
    ['hidden', ['nothing']],
    ['hidden,Other', ['nothing', 'other']],
    ['Other', ['active', 'hidden', 'nothing']],
  ])('= %j gives %j', async (status, expected) => {
    await make('active', { status: 'Partner - Pray' })
    await make('hidden', { status: 'Never Ask' })
    await make('nothing', { status: null })
    await make('other', { status: 'Other' })
    expect(await selected({ status, reverse_status: 'true' })).toEqual(expected)
  })
})

describe('the default', () => {
  beforeEach(async () => {
    await make('active', { id: CHOSEN, status: null })
    await make('hidden', { id: REFERRER, status: 'Never Ask', timezone: 'UTC' })
  })

  it.each<[string, unknown, string[]]>([
    ['holds without a status', {}, ['active']],
    ['holds for an absent status', { status: ' , ', ids: [] }, ['active']],
    ['holds beside other keys', { timezone: 'UTC' }, []],
    ['does not hold beside ids', { ids: REFERRER }, ['hidden']],
    ['does not hold beside ids reversed', { ids: CHOSEN, reverse_ids: true }, ['hidden']],
    ['holds beside not_ids', { not_ids: CHOSEN }, []],
    ['does not hold under any_filter', { any_filter: true, timezone: 'UTC' }, ['hidden']],
    ['holds under any_filter without a key', { any_filter: true, any_tags: true }, ['active']],
    [
      'holds under an any_filter that has only absent keys',
      { any_filter: 'true', tags: '' },
      ['active'],
    ],
  ])('%s', async (_, filter, expected) => {
    expect(await selected(filter)).toEqual(expected)
  })
})

describe('one row', () => {
  beforeEach(async () => {
    await make('one', async (id) => {
      await placed({ city: 'Paris', state: 'NY' })(id)
      await gave(
        { amount: 50, donation_date: '2022-01-01' },
        { amount: 5, donation_date: '2022-02-01' },
      )(id)
      await busy({ activity_type: 'Call', start_at: '2022-01-01T00:00:00Z' })(id)
    })
    await make('two', async (id) => {
      await placed({ city: 'Paris' })(id)
      await placed({ state: 'NY' })(id)
      await gave(
        { amount: 5, donation_date: '2022-01-01' },
        { amount: 50, donation_date: '2022-02-01' },
      )(id)
      await busy({ activity_type: 'Call' })(id)
      await busy({ start_at: '2022-01-01T00:00:00Z' })(id)
    })
  })

  it.each<[string, object, object]>([
    ['address', { city: 'Paris', state: 'NY' }, { reverse_region: true, region: 'North' }],
    [
      'gift',
      { donation_amount: 50, donation_date: '2022-01-01' },
      { reverse_donation_amount_range: true, donation_amount_range: { min: 99 } },
    ],
    [
      'gift that is the first',
      { donation: 'first', donation_amount: 50 },
      { reverse_donation_date: true, donation_date: '2020-01-01' },
    ],
    [
      'task',
      { related_task_action: 'Call', task_due_date: '2022-01-01' },
      { reverse_task_due_date: true, task_due_date: '2030-01-01' },
    ],
  ])('satisfies all keys of an %s', async (_, group, apart) => {
    expect(await selected(group)).toEqual(['one'])
    expect(await selected({ any_filter: true, ...group })).toEqual(['one', 'two'])
    expect(await selected({ ...group, ...apart })).toEqual(['one', 'two'])
  })

  it('is asked for by none and a date together', async () => {
    expect(await selected({ donation: 'none', donation_date: '2022-01-01' })).toEqual([])
    expect(await selected({ donation: 'none', donation_date: '2022-01-02' })).toEqual([
      'one',
      'two',
    ])
    expect(await selected({ donation: 'none,one', donation_date: '2022-01-02' })).toEqual([])
    const filter = { any_filter: true, donation: 'none', donation_date: '2022-01-01' }
    expect(await selected(filter)).toEqual([])
  })
})

it('a historic address is looked at when address_historic says so', async () => {
  await make('now', placed({ city: 'Paris' }))
  await make('then', placed({ city: 'Paris', historic: 1 }))
  expect(await selected({ city: 'Paris' })).toEqual(['now'])
  expect(await selected({ city: 'Paris', address_historic: 'true' })).toEqual(['then'])
  expect(await selected({ city: 'Paris', reverse_city: 'true', address_historic: 'true' })).toEqual(
    [],
  )
})

it('five thousand ticked rows are one page like any other', async () => {
  await make('yes', { id: CHOSEN, status: 'Never Ask' })
  await make('no', {})
  const ids = Array.from({ length: 20_000 }, () => crypto.randomUUID())
  expect(await selected({ ids: [...ids, CHOSEN] })).toEqual(['yes'])
  expect(await selected({ not_ids: [...ids, CHOSEN].join(',') })).toEqual(['no'])
})
