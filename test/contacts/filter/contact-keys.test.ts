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
    ['Active', ['active', 'empty', 'nothing'], ['hidden']],
    ['HIDDEN,Null', ['empty', 'hidden', 'nothing'], ['hidden']],
    ['partner - special', [], ['active', 'empty', 'hidden', 'nothing', 'other', 'word']],
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

  it('absent and reversed is the reverse of the default', async () => {
    for (const filter of [
      {},
      { status: ' , ' },
      { status: [''] },
      { any_filter: true },
      { timezone: '', any_filter: true },
    ]) {
      expect(await selected({ ...filter, reverse_status: true })).toEqual(['hidden'])
      expect(await selected({ ...filter, reverseStatus: 'True' })).toEqual(['hidden'])
      expect(await selected({ ...filter, reverse_status: false })).toEqual([
        'active',
        'empty',
        'nothing',
      ])
    }
  })

  it('absent and reversed does nothing beside ids, nor under any_filter', async () => {
    const all = ['active', 'empty', 'hidden', 'nothing', 'other', 'word']
    const not_ids = CHOSEN
    expect(await selected({ ids: CHOSEN, reverse_ids: true, reverse_status: true })).toEqual(all)
    expect(await selected({ not_ids, any_filter: true, reverse_status: true })).toEqual(all)
    expect(await selected({ not_ids, reverse_status: true })).toEqual(['hidden'])
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
    expect(await selected({ [key]: word.toUpperCase() })).toEqual(['empty', 'nothing'])
    expect(await selected({ [key]: [` ${word.toUpperCase()} `, 'b'] })).toEqual([
      'empty',
      'nothing',
    ])
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
    ['ANY', ['one', 'two']],
    ['None', ['other', 'referrer']],
    // No word of the page, and no id: it matches nothing.
    ['somebody', []],
  ])('= %j', async (referrer, expected) => {
    const everybody = ['one', 'other', 'referrer', 'two']
    expect(await selected({ referrer })).toEqual(expected)
    expect(await selected({ referrer, reverse_referrer: true })).toEqual(
      everybody.filter((name) => !expected.includes(name)),
    )
  })
})

describe('contact_type', () => {
  it('depends on the donor accounts, and one is enough', async () => {
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

it('both types of contacts are those of either', async () => {
  await makeAll({
    company: donor({ master_company_id: FOREIGN }),
    person: donor(),
    both: both(donor(), donor({ master_company_id: FOREIGN })),
    none: {},
  })
  const all = ['both', 'company', 'none', 'person']
  for (const contact_type of ['person,company', ['Company', 'PERSON'], 'company,person,company']) {
    expect(await selected({ contact_type })).toEqual(all)
    expect(await selected({ contact_type, reverse_contact_type: true })).toEqual([])
  }
  expect(await selected({ contact_type: ['company', ''] })).toEqual(['both', 'company'])
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
    ['555 1', ['donor', 'phone']],
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

describe('telephone numbers', () => {
  const numbers = {
    e164: '+15551234567',
    written: '(555) 123-4567',
    extension: '555.123 4567 ext. 89',
    slashes: 'call 1/555/1234/567',
    blanks: '555\u00a0123\u20094567',
    others: '٥551234567',
    short: '555',
    none: 'call',
    broken: '555\u0000123\u00004567',
  }

  beforeEach(() =>
    makeAll(
      Object.fromEntries(
        Object.entries(numbers).map(([name, number]) => [
          name,
          unnamed(mailed('phone_numbers', { number })),
        ]),
      ),
    ),
  )

  const written = ['blanks', 'e164', 'extension', 'slashes', 'written']

  it.each<[unknown, string[]]>([
    ['5551234567', written],
    [5551234567, written],
    ['555-123-4567', written],
    ['(555) 123.4567', written],
    ['+555 1234567', written],
    ['1 555 1234', ['e164', 'slashes']],
    ['5551', written],
    ['456789', ['extension']],
    ['4567-89', ['extension']],
    // With fewer digits, or with anything else, a text is itself alone.
    ['5-55', []],
    ['555', ['blanks', 'broken', 'e164', 'extension', 'short', 'slashes', 'written']],
    ['555/123/4567', []],
    ['5551234567x', []],
    ['5551234567,', []],
    ['٥551234567', ['others']],
    ['ext. 89', ['extension']],
    ['9999', []],
  ])('= %j', async (wildcard_search, expected) => {
    expect(await selected({ wildcard_search })).toEqual(expected)
  })
})

describe('a text to search for is composed first', () => {
  const composed = 'Zoé Ångström'
  const decomposed = composed.normalize('NFD')

  beforeEach(() =>
    makeAll({
      name: { name: composed },
      notes: { name: 'nobody', notes: `x ${composed}` },
      tag: both({ name: 'nobody' }, tagged(composed)),
      person: unnamed((id) => addPerson(id, { first_name: 'Zoé', last_name: 'Ångström' })),
    }),
  )

  it.each<[string, (text: string) => unknown, string[]]>([
    ['name_like', (text) => text, ['name']],
    ['wildcard_search', (text) => text, ['name', 'person']],
    ['notes', (text) => text, ['notes']],
    ['notes', (text) => ({ wildcard_note_search: text }), ['notes']],
    ['tags', (text) => text, ['tag']],
    ['tags', (text) => [text, 'zoé ÅNGSTRÖM'], ['tag']],
    ['exclude_tags', (text) => [text], ['name', 'notes', 'person']],
  ])('in %s', async (key, valueOf, expected) => {
    expect(await selected({ [key]: valueOf(composed) })).toEqual(expected)
    expect(await selected({ [key]: valueOf(decomposed) })).toEqual(expected)
    expect(await selected({ [key]: valueOf(decomposed.replace('A\u030a', '\u212b')) })).toEqual(
      expected,
    )
  })
})
