import { beforeEach, describe, expect, it } from 'vitest'
import { EVERYBODY, makeAll, selected, twoLists } from '../../helpers/filter-rows.ts'

beforeEach(twoLists)

describe('a list', () => {
  beforeEach(() =>
    makeAll({
      a: { timezone: 'a' },
      b: { timezone: 'b' },
      'a,b': { timezone: 'a,b' },
      'a"b': { timezone: 'a"b' },
      '"a"': { timezone: '"a"' },
      '"a': { timezone: '"a' },
      '5': { timezone: '5' },
      '5.5': { timezone: '5.5' },
      true: { timezone: 'true' },
      null: { timezone: 'null' },
      '[]': { timezone: '["a"]' },
      blank: { timezone: ' a ' },
      empty: { timezone: '' },
      nothing: {},
    }),
  )

  it.each<[unknown, string[]]>([
    ['a', ['a']],
    [' a ', ['a']],
    ['a,b', ['a', 'b']],
    [' a ,, b , ', ['a', 'b']],
    ['a,a', ['a']],
    ['"a"', ['a']],
    [' "a" , "b" ', ['a', 'b']],
    ['" a "', ['a']],
    ['"a,b"', ['a,b']],
    ['"a,b",a', ['a', 'a,b']],
    ['"a""b"', ['a"b']],
    ['"""a"""', ['"a"']],
    ['a"b', ['a"b']],
    ['"a', ['"a']],
    ['"a,b', ['"a', 'b']],
    ['"a"b', []],
    ['x "a,b" y', []],
    ['"",a,"",b', ['a', 'b']],
    [5, ['5']],
    [5.5, ['5.5']],
    ['5,5.5', ['5', '5.5']],
    [true, ['true']],
    ['null', ['null']],
    ['["a"]', ['[]']],
    [['a'], ['a']],
    [[' a '], ['a']],
    [['a,b'], ['a,b']],
    [
      ['a,b', 'a'],
      ['a', 'a,b'],
    ],
    [['"a"'], ['"a"']],
    [['"a'], ['"a']],
    [['a"b'], ['a"b']],
    [
      [5, 'a', ''],
      ['5', 'a'],
    ],
    [['a', 'a', ' a'], ['a']],
    [['["a"]'], ['[]']],
    ['A', []],
    ['%', []],
  ])('%j', async (timezone, expected) => {
    expect(await selected({ timezone })).toEqual(expected)
    expect(await selected(JSON.stringify({ timezone }))).toEqual(expected)
  })
})

describe('a range', () => {
  const times = {
    'the day before': '2022-01-11T23:59:59Z',
    'the first second': '2022-01-12T00:00:00Z',
    'the second before': '2022-01-12T17:18:06Z',
    'that second': '2022-01-12T17:18:07Z',
    'the second after': '2022-01-12T17:18:08Z',
    'the last second': '2022-01-12T23:59:59Z',
    'the day after': '2022-01-13T00:00:00Z',
    'two days after': '2022-01-14T12:00:00Z',
    'the beginning': '0000-01-01T00:00:00Z',
    'the end': '9999-12-31T23:59:59Z',
  }
  const names = Object.keys(times)
  const from = (first: string, last: string) =>
    names.slice(names.indexOf(first), names.indexOf(last) + 1)

  it.each<[unknown, string[]]>([
    ['2022-01-12', from('the first second', 'the last second')],
    ['2022-01-12..2022-01-12', from('the first second', 'the last second')],
    ['2022-01-12...2022-01-12', []],
    ['2022-01-12..2022-01-13', from('the first second', 'the day after')],
    ['2022-01-12...2022-01-13', from('the first second', 'the last second')],
    ['2022-01-12...2022-01-14', from('the first second', 'the day after')],
    ['2022-01-12T17:18:07Z', ['that second']],
    ['2022-01-12T17:18:07.999Z', ['that second']],
    ['2022-01-12T19:18:07+02:00', ['that second']],
    ['2022-01-12T08:48:07.5-08:30', ['that second']],
    ['2022-01-13T17:17:07+23:59', ['that second']],
    ['2022-01-12T17:18:07Z..2022-01-12T17:18:07Z', ['that second']],
    ['2022-01-12T17:18:07Z...2022-01-12T17:18:07Z', []],
    ['2022-01-12T17:18:07Z..2022-01-12T17:18:08Z', from('that second', 'the second after')],
    ['2022-01-12T17:18:07.1Z...2022-01-12T17:18:08.9Z', ['that second']],
    ['2022-01-12..2022-01-12T17:18:07Z', from('the first second', 'that second')],
    ['2022-01-12...2022-01-12T17:18:07Z', from('the first second', 'the second before')],
    ['2022-01-12T17:18:07Z..2022-01-12', from('that second', 'the last second')],
    ['2022-01-12T17:18:07Z...2022-01-13', from('that second', 'the last second')],
    [{ start: '2022-01-12', end: '2022-01-12' }, from('the first second', 'the last second')],
    [{ start: '2022-01-13' }, from('the day after', 'two days after').concat('the end')],
    [
      { end: '2022-01-12T00:00:00Z' },
      from('the day before', 'the first second').concat('the beginning'),
    ],
    [{ start: null, end: '2022-01-11' }, ['the day before', 'the beginning']],
    [{ Start: '2022-01-14', end: '' }, ['two days after', 'the end']],
    [{ min: '2022-01-12', max: '2022-01-12' }, from('the first second', 'the last second')],
    [{ min: '2022-01-14' }, ['two days after', 'the end']],
    [{ Max: '2022-01-11' }, ['the day before', 'the beginning']],
    ['2022-01-14..', ['two days after', 'the end']],
    ['2022-01-14...', ['two days after', 'the end']],
    ['..2022-01-11', ['the day before', 'the beginning']],
    ['...2022-01-12', ['the day before', 'the beginning']],
    ['..2022-01-12', from('the day before', 'the last second').concat('the beginning')],
    ['2022-01-12T23:59:59Z..', from('the last second', 'two days after').concat('the end')],
    ['..2022-01-12T00:00:00Z', from('the day before', 'the first second').concat('the beginning')],
    ['...2022-01-12T00:00:00Z', ['the day before', 'the beginning']],
    ['...0000-01-01', []],
    ['..0000-01-01', ['the beginning']],
    ['9999-12-31..', ['the end']],
    ['9999-12-31', ['the end']],
    ['0000-01-01', ['the beginning']],
    ['0000-01-01...0000-01-01', []],
    ['0000-01-01T00:00:00+02:00', []],
    ['0000-01-01T00:00:00+02:00..0000-01-01T00:00:00Z', ['the beginning']],
    ['9999-12-31T23:59:59-02:00', []],
    [{ start: '9999-12-31T23:59:59-02:00' }, []],
    ['9999-12-31T23:59:59Z..9999-12-31T23:59:59-02:00', ['the end']],
  ])('of times: %j', async (updated_at, expected) => {
    await makeAll(
      Object.fromEntries(Object.entries(times).map(([name, time]) => [name, { updated_at: time }])),
    )
    const sorted = expected.toSorted((a, b) => a.localeCompare(b))
    expect(await selected({ updated_at })).toEqual(sorted)
    const others = names.filter((name) => !expected.includes(name))
    expect(await selected({ updated_at, reverse_updated_at: true })).toEqual(
      others.toSorted((a, b) => a.localeCompare(b)),
    )
  })

  it.each<[unknown, string[]]>([
    ['2022-01-12', ['12']],
    ['2022-01-12..2022-01-13', ['12', '13']],
    ['2022-01-12...2022-01-13', ['12']],
    ['2022-01-12...2022-01-12', []],
    ['2022-01-12T17:18:07Z', ['12']],
    ['2022-01-11T23:59:59Z..2022-01-12T00:00:00Z', ['11', '12']],
    ['2022-01-11T23:59:59Z...2022-01-12T00:00:00Z', ['11']],
    ['2022-01-12T17:18:07Z...2022-01-12T17:18:07Z', []],
    ['2022-01-12T12:00:00Z...2022-01-13', ['12']],
    ['2022-01-13T01:00:00+02:00', ['12']],
    ['2022-01-12T23:00:00-02:00', ['13']],
    [{ start: '2022-01-12T23:59:59Z' }, ['12', '13', 'last']],
    [{ end: '2022-01-12T00:00:00Z' }, ['11', '12', 'first']],
    [{ min: '2022-01-13', max: '2022-01-13' }, ['13']],
    ['2022-01-12T23:59:59Z..', ['12', '13', 'last']],
    ['..2022-01-12', ['11', '12', 'first']],
    ['...2022-01-12', ['11', 'first']],
    ['...2022-01-12T00:00:00Z', ['11', 'first']],
    ['...2022-01-12T00:00:01Z', ['11', '12', 'first']],
    ['9999-12-31T23:59:59-02:00', []],
    ['0000-01-01T00:00:00+02:00', []],
  ])(
    'of days, each of which counts that it touches: %j',
    async (started_giving_range, expected) => {
      const days = {
        11: '2022-01-11',
        12: '2022-01-12',
        13: '2022-01-13',
        first: '0000-01-01',
        last: '9999-12-31',
        none: null,
      }
      await makeAll(
        Object.fromEntries(
          Object.entries(days).map(([name, first_donation_date]) => [
            name,
            { pledge_amount: 1, first_donation_date },
          ]),
        ),
      )
      expect(await selected({ started_giving_range })).toEqual(expected)
      const reversed = { ...EVERYBODY, started_giving_range, reverse_started_giving_range: true }
      expect(await selected(reversed)).toEqual(
        Object.keys(days)
          .filter((name) => !expected.includes(name))
          .toSorted((a, b) => a.localeCompare(b)),
      )
    },
  )
})
