import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFaults } from '../../../src/contacts/filter/values/json-faults.ts'
import { readJson } from '../../naive/json.ts'

/** Where the faults of a text are, as JSON pointers without escapes. */
const placesOf = (text: string) => jsonFaults(text).map(({ path }) => `/${path.join('/')}`)

describe('members that stand twice', () => {
  it.each<[string, string[]]>([
    ['{"tags":"vip","tags":""}', ['/tags']],
    ['{"tags":"vip","\\u0074ags":""}', ['/tags']],
    ['{"tags":"vip","\\u0074\\u0061gs":"","t\\u0061gs":1}', ['/tags', '/tags']],
    ['{"a\\"b":1,"a\\u0022b":2}', ['/a"b']],
    ['{"\\\\":1,"\\u005c":2}', ['/\\']],
    ['{"":1,"":2}', ['/']],
    ['{"__proto__":1,"__proto__":2}', ['/__proto__']],
    ['{"constructor":1,"toString":2}', []],
    ['{"a":{"b":1},"c":{"b":2}}', []],
    ['{"a":{"b":1,"b":2}}', ['/a/b']],
    ['{"a":{"b":1},"a":{"b":2}}', ['/a']],
    ['[{"a":1},{"a":1,"a":2}]', ['/1/a']],
    ['{"a":["a","a",{"x":[{"y":1,"y":1}]}]}', ['/a/2/x/0/y']],
    ['{"a":"a","b":"a","c":["a","a"]}', []],
    ['{"a":"\\",\\"a\\":","b":1}', []],
    [' {\n"a" : 1 ,\t"b":[ ] , "a" : { } } ', ['/a']],
    ['{"A":1,"a":2}', []],
    ['{"é":1,"e\\u0301":2}', []],
    ['', []],
    ['null', []],
    ['"a"', []],
  ])('%s', (text, places) => expect(placesOf(text)).toEqual(places))
})

describe('numbers that JavaScript rounds', () => {
  it.each([
    '0',
    '-0',
    '-0.0',
    '0e999999999999',
    '1.0',
    '1e2',
    '1E+2',
    '100e-2',
    '0.1',
    '0.10',
    '0.23076923076923',
    '0.23076923076923078',
    '9007199254740991',
    '9007199254740992',
    '9007199254740994',
    '12345678901234567000',
    '1e20',
    '1e21',
    '1.5e300',
    '5e-324',
    '1.7976931348623157e308',
    `1${'0'.repeat(300)}`,
    `0.${'0'.repeat(300)}1`,
    `1.${'0'.repeat(1000)}`,
  ])('%s is exact', (text) => {
    expect(placesOf(`{"a":${text},"b":[${text}]}`)).toEqual([])
  })

  it.each([
    '12345678901234567890',
    '-12345678901234567890',
    '9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '1e99999999999999999999',
    '1.7976931348623159e308',
    '0.1000000000000000055511151231257827',
    '0.10000000000000001',
    `1${'0'.repeat(400)}`,
    '0.1234567890123456789',
  ])('%s is not', (text) => {
    expect(placesOf(`{"a":${text},"b":[1,${text}],"c":"${text}"}`)).toEqual(['/a', '/b/1'])
    expect(placesOf(text)).toEqual(['/'])
  })

  it('are shown by their beginning', () => {
    const [fault] = jsonFaults(`[${'9'.repeat(100_000)}]`)
    expect(fault?.detail).toMatch(/^The number 9{40}… cannot be kept exactly/)
  })
})

it('what JSON.stringify writes has no faults, nor has any number in its shortest form', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonFaults(JSON.stringify(value))).toEqual([])
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(jsonFaults(JSON.stringify([number]))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

/** Texts of JSON whose objects have few names, in several spellings, with blanks anywhere. */
const anyObject = fc.letrec<{ value: string; object: string }>((tie) => {
  const blank = fc.constantFrom('', '', ' ', '\n\t')
  const name = fc.constantFrom('"a"', '"\\u0061"', '"b"', '"a,\\"b\\":"', '"\\\\"', '""')
  const member = fc
    .tuple(blank, name, blank, blank, tie('value'), blank)
    .map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`)
  return {
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('1', '-2.5e3', 'true', 'null', '"a"', '"{\\"a\\":1,\\"a\\":2}"', '"\\\\"'),
      tie('object'),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    ),
    object: fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(',')}}`),
  }
}).object

it('finds what a reader finds that goes member by member', () => {
  fc.assert(
    fc.property(anyObject, (text) => {
      const found = jsonFaults(text).map(({ path }) => path[0])
      expect(found).toEqual(readJson(text).twice.slice(0, 20))
    }),
    { numRuns: 1000 },
  )
})

const LENGTH = 1024 * 1024

it.each([
  ['brackets', '['.repeat(LENGTH)],
  ['objects in each other', '{"a":'.repeat(LENGTH / 5)],
  ['quotes', '"'.repeat(LENGTH)],
  ['backslashes', `"${'\\\\'.repeat(LENGTH / 2)}"`],
  ['blanks', ' '.repeat(LENGTH)],
  ['digits', '1'.repeat(LENGTH)],
  ['zeros', `1${'0'.repeat(LENGTH)}1`],
  ['zeros behind a point', `0.${'0'.repeat(LENGTH)}1`],
  ['numbers', `[${'1,'.repeat(LENGTH / 2)}1]`],
  ['numbers that are rounded', `[${'1e999,'.repeat(LENGTH / 6)}1]`],
  ['one member', `{${'"a":1,'.repeat(LENGTH / 6)}"a":1}`],
  ['members', `{${Array.from({ length: LENGTH / 10 }, (_, index) => `"${index}":1`).join(',')}}`],
])('a million letters of %s are scanned once', (_, text) => {
  expect(jsonFaults(text).length).toBeLessThanOrEqual(20)
})
