import { beforeEach, describe, expect, it } from 'vitest'
import { add, addContact, addPerson, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import {
  both,
  CHOSEN,
  donor,
  FOREIGN,
  mailed,
  type Made,
  makeAll,
  REFERRER,
  selected,
  tagged,
  twoLists,
} from '../../helpers/filter-rows.ts'

beforeEach(twoLists)

describe('status', () => {
  beforeEach(() =>
    makeAll({
      active: { status: 'Partner - Special' },
      hidden: { status: 'Expired Referral' },
      nothing: { status: null },
      empty: { status: '' },
      other: { status: 'Other' },
      word: { status: 'active' },
    }),
  )

  it.each<[unknown, string[], string[]]>([
    ['active', ['active', 'empty', 'nothing'], ['hidden']],
    ['hidden', ['hidden'], ['empty', 'nothing']],
    ['null', ['empty', 'nothing'], ['hidden']],
    ['Other', ['other'], ['active', 'empty', 'hidden', 'nothing', 'word']],
    ['other', [], ['active', 'empty', 'hidden', 'nothing', 'other', 'word']],
    ['Active', [], ['active', 'empty', 'hidden', 'nothing', 'other', 'word']],
    ['Partner - Special', ['active'], ['empty', 'hidden', 'nothing', 'other', 'word']],
    ['active,hidden', ['active', 'empty', 'hidden', 'nothing'], ['hidden']],
    ['hidden,null', ['empty', 'hidden', 'nothing'], ['hidden']],
    [
      ['active', 'Other'],
      ['active', 'empty', 'nothing', 'other'],
      ['hidden', 'other'],
    ],
    ['hidden,Other', ['hidden', 'other'], ['empty', 'nothing', 'other']],
    ['null,Partner - Special', ['active', 'empty', 'nothing'], ['active', 'hidden']],
    [
      'active,hidden,null,Other',
      ['active', 'empty', 'hidden', 'nothing', 'other'],
      ['hidden', 'other'],
    ],
    ['"active"', ['active', 'empty', 'nothing'], ['hidden']],
    [true, [], ['active', 'empty', 'hidden', 'nothing', 'other', 'word']],
  ])('= %j', async (status, expected, reversed) => {
    expect(await selected({ status })).toEqual(expected)
    expect(await selected({ status, reverse_status: 'true' })).toEqual(reversed)
    expect(await selected({ status, reverse_status: true, any_filter: true })).toEqual(reversed)
    expect(await selected({ status, reverse_status: 'false' })).toEqual(expected)
  })

  it('absent and reversed is the default', async () => {
    expect(await selected({ reverse_status: true })).toEqual(['active', 'empty', 'nothing'])
    expect(await selected({ status: ' , ', reverse_status: true })).toEqual([
      'active',
      'empty',
      'nothing',
    ])
  })
})

describe('under any_filter', () => {
  beforeEach(() =>
    makeAll({
      a: { id: CHOSEN, timezone: 'a' },
      b: { timezone: 'b', status: 'Never Ask' },
      c: { timezone: 'c', church_name: 'c' },
    }),
  )

  it.each<[object, string[]]>([
    [{ timezone: 'a', church: 'c' }, ['a', 'c']],
    [{ timezone: 'a', reverse_timezone: true, church: 'c' }, ['b', 'c']],
    [{ timezone: 'b' }, ['b']],
    [{ ids: CHOSEN, church: 'c' }, ['a', 'c']],
    [{ not_ids: CHOSEN, church: 'c' }, ['b', 'c']],
    [{ church: 'c', reverse_church: true }, ['a', 'b']],
    // Without a key it is as if it were absent.
    [{}, ['a', 'c']],
    [{ timezone: '', church: [] }, ['a', 'c']],
    [{ unknown: 'x', reverse_church: true }, ['a', 'c']],
    [
      {
        primary_address: 'null',
        address_valid: true,
        tasks_all_completed: 'false',
        pledge_frequency: 'null',
      },
      ['a', 'c'],
    ],
    [{ primary_address: 'null', church: 'c' }, ['c']],
    [{ account_list_id: LIST }, ['a', 'c']],
    [{ account_list_id: LIST, timezone: 'b' }, ['b']],
    [{ any_tags: true }, ['a', 'c']],
  ])('%j', async (filter, expected) => {
    expect(await selected({ ...filter, any_filter: true })).toEqual(expected)
    expect(await selected({ ...filter, anyFilter: 'true' })).toEqual(expected)
  })
})

describe('tags', () => {
  beforeEach(() =>
    makeAll({
      both: both(tagged('Alpha'), tagged('beta')),
      alpha: tagged('ALPHA'),
      comma: tagged('a, B'),
      accent: tagged('É'),
      none: {},
    }),
  )

  it.each<[object, string[]]>([
    [{ tags: 'alpha' }, ['alpha', 'both']],
    [{ tags: 'alpha,BETA' }, ['both']],
    [{ tags: 'alpha,alpha' }, ['alpha', 'both']],
    [{ tags: 'alpha,beta', any_tags: true }, ['alpha', 'both']],
    [{ tags: 'alpha,beta', any_tags: 'false' }, ['both']],
    [{ tags: ['a, b'] }, ['comma']],
    [{ tags: '"A, b"' }, ['comma']],
    [{ tags: 'a, b' }, []],
    [{ tags: 'é' }, ['accent']],
    [{ tags: 'alp' }, []],
    [{ tags: 'alpha,beta', reverse_tags: true }, ['accent', 'alpha', 'comma', 'none']],
    [{ tags: 'alpha,beta', any_tags: true, reverse_tags: true }, ['accent', 'comma', 'none']],
    [{ exclude_tags: 'alpha' }, ['accent', 'comma', 'none']],
    [{ exclude_tags: 'É,BETA' }, ['alpha', 'comma', 'none']],
    [{ exclude_tags: 'alpha', any_tags: true, reverse_exclude_tags: true }, ['alpha', 'both']],
    [{ tags: 'alpha', exclude_tags: 'beta' }, ['alpha']],
    [
      { tags: 'beta', exclude_tags: 'alpha', any_filter: true },
      ['accent', 'both', 'comma', 'none'],
    ],
  ])('%j', async (filter, expected) => expect(await selected(filter)).toEqual(expected))
})

describe('texts that may be nothing', () => {
  it.each([
    ['likely', 'likely_to_give', 'none'],
    ['church', 'church_name', 'none'],
    ['locale', 'locale', 'null'],
  ])('%s', async (key, column, word) => {
    await makeAll({
      a: { [column]: 'a' },
      capital: { [column]: 'A' },
      word: { [column]: word },
      empty: { [column]: '' },
      nothing: { [column]: null },
    })
    expect(await selected({ [key]: 'a' })).toEqual(['a'])
    expect(await selected({ [key]: word })).toEqual(['empty', 'nothing'])
    expect(await selected({ [key]: `a,${word}` })).toEqual(['a', 'empty', 'nothing'])
    expect(await selected({ [key]: word.toUpperCase() })).toEqual([])
    const reversed = { [`reverse_${key}`]: true }
    expect(await selected({ [key]: 'a', ...reversed })).toEqual([
      'capital',
      'empty',
      'nothing',
      'word',
    ])
    expect(await selected({ [key]: word, ...reversed })).toEqual(['a', 'capital', 'word'])
  })
})

it('a time zone that is nothing is found by no word', async () => {
  await makeAll({ utc: { timezone: 'UTC' }, empty: { timezone: '' }, nothing: {} })
  expect(await selected({ timezone: 'null,none,UTC' })).toEqual(['utc'])
  expect(await selected({ timezone: 'UTC', reverse_timezone: true })).toEqual(['empty', 'nothing'])
})

const by = (referred_by_id: string) => (referred_to_id: string) =>
  add('contact_referrals', { referred_by_id, referred_to_id })

describe('referrer', () => {
  beforeEach(async () => {
    await addContact({ id: REFERRER, greeting: 'referrer' })
    await addContact({ id: CHOSEN, greeting: 'foreign', account_list_id: OTHER_LIST })
    await makeAll({ one: by(REFERRER), other: by(CHOSEN), two: both(by(REFERRER), by(CHOSEN)) })
  })

  it.each<[unknown, string[]]>([
    // A referrer of an account list that is not in scope counts for nothing.
    ['any', ['one', 'two']],
    ['none', ['other', 'referrer']],
    ['any,none', ['one', 'other', 'referrer', 'two']],
    [REFERRER, ['one', 'two']],
    [REFERRER.toUpperCase(), ['one', 'two']],
    [`${REFERRER},none`, ['one', 'other', 'referrer', 'two']],
    [CHOSEN, []],
    [
      ['any', CHOSEN],
      ['one', 'two'],
    ],
    [
      [CHOSEN, 'none'],
      ['other', 'referrer'],
    ],
    ['somebody', []],
    // No words of the page, and no ids: they match nothing.
    ['ANY', []],
    ['None', []],
  ])('= %j', async (referrer, expected) => {
    const everybody = ['one', 'other', 'referrer', 'two']
    expect(await selected({ referrer })).toEqual(expected)
    expect(await selected({ referrer, reverse_referrer: true })).toEqual(
      everybody.filter((name) => !expected.includes(name)),
    )
  })
})

describe('contact_type', () => {
  it('is told by donor accounts, of which one is enough', async () => {
    const company = donor({ master_company_id: FOREIGN })
    await makeAll({
      none: {},
      person: donor(),
      empty: donor({ master_company_id: '' }),
      company,
      both: both(company, donor()),
    })
    expect(await selected({ contact_type: 'person' })).toEqual(['both', 'empty', 'none', 'person'])
    expect(await selected({ contact_type: 'company' })).toEqual(['both', 'company'])
    expect(await selected({ contact_type: 'person', reverse_contact_type: true })).toEqual([
      'company',
    ])
    expect(await selected({ contact_type: 'company', reverse_contact_type: true })).toEqual([
      'empty',
      'none',
      'person',
    ])
  })
})

it('the newsletter of each word', async () => {
  await makeAll({
    physical: { send_newsletter: 'Physical' },
    email: { send_newsletter: 'Email' },
    both: { send_newsletter: 'Both' },
    none: { send_newsletter: 'None' },
    empty: { send_newsletter: '' },
    nothing: {},
    small: { send_newsletter: 'email' },
  })
  const everybody = ['both', 'email', 'empty', 'none', 'nothing', 'physical', 'small']
  const words = {
    all: ['both', 'email', 'physical'],
    no_value: ['empty', 'nothing'],
    none: ['none'],
    address: ['both', 'physical'],
    email: ['both', 'email'],
    address_only: ['physical'],
    email_only: ['email'],
    both: ['both'],
  }
  for (const [newsletter, expected] of Object.entries(words)) {
    expect(await selected({ newsletter })).toEqual(expected)
    expect(await selected({ newsletter, reverse_newsletter: true })).toEqual(
      everybody.filter((name) => !expected.includes(name)),
    )
  }
})

const unnamed = (...made: readonly Made[]) => both({ name: 'nobody' }, ...made)

describe('wildcard_search', () => {
  beforeEach(() =>
    makeAll({
      name: { name: 'Smith-Jones, John' },
      person: unnamed((id) => addPerson(id, { first_name: 'Mary Ann', last_name: 'Smith' })),
      twoPeople: unnamed(
        (id) => addPerson(id, { first_name: 'Mary' }),
        (id) => addPerson(id, { last_name: 'Smith' }),
      ),
      lateMary: unnamed(
        (id) => addPerson(id, { first_name: 'Mary', last_name: 'Smith', deceased: 1 }),
        (id) => addPerson(id, { first_name: 'Paul' }),
      ),
      email: unnamed(mailed('email_addresses', { email: 'mary.smith@x.org', historic: 1 })),
      phone: unnamed(mailed('phone_numbers', { number: '+1555-123', historic: 1 })),
      donor: unnamed(donor({ account_number: 'A-555 12' })),
      empty: unnamed(
        mailed('email_addresses', { email: '' }),
        mailed('phone_numbers', { number: null }),
        donor(),
      ),
      alone: unnamed(),
    }),
  )

  it.each<[unknown, string[]]>([
    ['smith', ['email', 'lateMary', 'name', 'person', 'twoPeople']],
    ['SMITH john', ['name']],
    ['john,smith', ['name']],
    [' john - jones ', ['name']],
    ['joh', ['name']],
    ['jo hn smi', ['name']],
    ['mary smith', ['lateMary', 'person']],
    ['smith,mary ann', ['person']],
    ['mary john', []],
    ['mary nobody', []],
    ['mary.smith@', ['email']],
    ['smith@x', ['email']],
    ['mary smith@', []],
    ['555-1', ['phone']],
    ['-123', ['phone']],
    [555, ['donor', 'phone']],
    ['a-5', ['donor']],
    ['555 1', ['donor']],
    // A number is sought as a whole: a word of the text is not enough.
    ['555 5', []],
    // Without a word no name is found, but a number may be.
    ['-', ['donor', 'phone']],
    [',', []],
    ['%', []],
    ['_', []],
    ['nobody', ['alone', 'donor', 'email', 'empty', 'lateMary', 'person', 'phone', 'twoPeople']],
  ])('= %j', async (wildcard_search, expected) => {
    expect(await selected({ wildcard_search })).toEqual(expected)
    const everybody = await selected({})
    const reversed = { wildcard_search, reverse_wildcard_search: true }
    expect(await selected(reversed)).toEqual(everybody.filter((name) => !expected.includes(name)))
  })
})
