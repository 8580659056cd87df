import { describe, expect, it } from 'vitest'
import { requestedPart } from '../../src/http/requested-part.ts'

const ETAG = '"0f1e"'
const DATE = 'Wed, 12 Jan 2022 17:18:07 GMT'
const BEFORE = 'Wed, 12 Jan 2022 17:18:06 GMT'
const AFTER = 'Wed, 12 Jan 2022 17:18:08 GMT'
const file = { etag: ETAG, lastModified: new Date('2022-01-12T17:18:07Z'), bytes: 1000 }

const asked = (headers: Record<string, string>, method = 'GET') =>
  requestedPart(method, new Headers(headers), file)

const whole = { status: 200 }
const part = (offset: number, length: number) => ({ status: 206, offset, length })

describe('a range', () => {
  it.each<[string, object]>([
    ['bytes=0-0', part(0, 1)],
    ['bytes=0-499', part(0, 500)],
    ['bytes=500-', part(500, 500)],
    ['bytes=0-', part(0, 1000)],
    ['bytes=999-', part(999, 1)],
    ['bytes=999-5000', part(999, 1)],
    ['bytes=0-999', part(0, 1000)],
    ['bytes=0-1000', part(0, 1000)],
    ['bytes=-1', part(999, 1)],
    ['bytes=-1000', part(0, 1000)],
    ['bytes=-5000', part(0, 1000)],
    ['bytes=0007-0008', part(7, 2)],
    [`bytes=0-${'9'.repeat(400)}`, part(0, 1000)],
    [`bytes=-${'9'.repeat(400)}`, part(0, 1000)],
    ['BYTES=0-1', part(0, 2)],
    ['bytes= 0-1 ', part(0, 2)],
    ['bytes=0-1,', part(0, 2)],
    ['bytes=,\t, 0-1', part(0, 2)],
    ['bytes=1000-', { status: 416 }],
    ['bytes=1000-1001', { status: 416 }],
    [`bytes=${'9'.repeat(400)}-`, { status: 416 }],
    ['bytes=-0', { status: 416 }],
    ['bytes=0-1,2-3', whole],
    ['bytes=0-1, 2000-', whole],
    ['bytes=2000-,3000-', whole],
    ['bytes=0-1,x', whole],
    ['bytes=5-4', whole],
    [`bytes=${'9'.repeat(400)}1-${'9'.repeat(400)}0`, whole],
    ['bytes=', whole],
    ['bytes=-', whole],
    ['bytes=,', whole],
    ['bytes', whole],
    ['bytes 0-1', whole],
    ['bytes =0-1', whole],
    ['bytes=0 - 1', whole],
    ['bytes=+0-1', whole],
    ['bytes=0-1.5', whole],
    ['bytes=0x0-0x1', whole],
    ['bytes=--1', whole],
    ['bytes=1-2-3', whole],
    ['bytes=a-b', whole],
    ['lines=0-1', whole],
    ['none', whole],
    ['', whole],
  ])('%j gives %j', (range, expected) => {
    expect(asked({ Range: range })).toEqual(expected)
  })

  it('of a file without bytes cannot be had', () => {
    for (const range of ['bytes=0-', 'bytes=-1']) {
      const headers = new Headers({ Range: range })
      expect(requestedPart('GET', headers, { ...file, bytes: 0 })).toEqual({ status: 416 })
    }
  })
})

describe('a list of tags', () => {
  it.each<[string, number]>([
    [ETAG, 304],
    [`W/${ETAG}`, 304],
    ['*', 304],
    [`"x", ${ETAG}`, 304],
    [`"x",W/"y" , ${ETAG},"z"`, 304],
    [`, ,${ETAG},`, 304],
    [`"a,b", ${ETAG}`, 304],
    [`"", ${ETAG}`, 304],
    ['"x"', 200],
    ['"0F1E"', 200],
    ['0f1e', 200],
    [`w/${ETAG}`, 200],
    [`"x,0f1e"`, 200],
    [`*, ${ETAG}`, 200],
    [`${ETAG} "x"`, 200],
    [`${ETAG}, x`, 200],
    [`"${ETAG}"`, 200],
    ['', 200],
  ])('If-None-Match: %j gives %i', (tags, status) => {
    expect(asked({ 'If-None-Match': tags })).toEqual({ status })
  })

  it.each<[string, number]>([
    [ETAG, 200],
    ['*', 200],
    [`"x", ${ETAG}`, 200],
    [`W/${ETAG}`, 412],
    ['"x"', 412],
    ['0f1e', 412],
    ['', 412],
  ])('If-Match: %j gives %i', (tags, status) => {
    expect(asked({ 'If-Match': tags })).toEqual({ status })
  })

  it('that is very long and no list is soon done with', () => {
    const headers = new Headers({ 'If-None-Match': `"x"${' ,\t'.repeat(20_000)}x` })
    expect(requestedPart('GET', headers, file)).toEqual(whole)
  })
})

describe('a date', () => {
  it.each<[string, number]>([
    [DATE, 304],
    [AFTER, 304],
    ['Sat, 12 Jan 2999 17:18:07 GMT', 304],
    ['Wednesday, 12-Jan-22 17:18:07 GMT', 304],
    ['Wed Jan 12 17:18:07 2022', 304],
    ['Sat Oct  1 00:00:00 2022', 304],
    ['Sat, 31 Dec 2022 23:59:60 GMT', 304],
    [BEFORE, 200],
    ['Wednesday, 12-Jan-22 17:18:06 GMT', 200],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 200],
    ['Sun Nov  6 08:49:37 1994', 200],
    ['Wed, 30 Feb 2022 17:18:08 GMT', 200],
    ['Wed, 12 Jan 2022 24:00:00 GMT', 200],
    ['Wed, 12 Jan 2022 17:18:08', 200],
    ['Wed, 12 Jan 2022 17:18:08 UTC', 200],
    ['wed, 12 jan 2022 17:18:08 gmt', 200],
    ['2022-01-12T17:18:08Z', 200],
    [`${AFTER}, ${AFTER}`, 200],
    ['1642007888', 200],
    ['', 200],
  ])('If-Modified-Since: %j gives %i', (date, status) => {
    expect(asked({ 'If-Modified-Since': date })).toEqual({ status })
  })

  it.each<[string, number]>([
    [DATE, 200],
    [AFTER, 200],
    [BEFORE, 412],
    ['yesterday', 200],
  ])('If-Unmodified-Since: %j gives %i', (date, status) => {
    expect(asked({ 'If-Unmodified-Since': date })).toEqual({ status })
  })
})

describe('If-Range', () => {
  it.each<[string, boolean]>([
    [ETAG, true],
    [DATE, true],
    ['Wed Jan 12 17:18:07 2022', true],
    [`W/${ETAG}`, false],
    ['"x"', false],
    ['*', false],
    [`${ETAG}, ${ETAG}`, false],
    ['0f1e', false],
    [BEFORE, false],
    [AFTER, false],
    ['yesterday', false],
    ['', false],
  ])('%j: it is %s that the range counts', (ifRange, counts) => {
    const headers = { 'If-Range': ifRange, Range: 'bytes=1-2' }
    expect(asked(headers)).toEqual(counts ? part(1, 2) : whole)
    expect(asked({ ...headers, Range: 'bytes=1000-' })).toEqual(counts ? { status: 416 } : whole)
    expect(asked({ 'If-Range': ifRange })).toEqual(whole)
  })
})

/**
 * Values of each header, and whether its condition holds by RFC 9110; `undefined` where the header
 * is to be ignored.
 */
const conditions = {
  'If-Match': { [ETAG]: true, '*': true, [`W/${ETAG}`]: false, '"x"': false },
  'If-Unmodified-Since': { [DATE]: true, [AFTER]: true, [BEFORE]: false, x: undefined },
  'If-None-Match': { [ETAG]: false, [`"x",W/${ETAG}`]: false, '*': false, '"x"': true, x: true },
  'If-Modified-Since': { [DATE]: false, [AFTER]: false, [BEFORE]: true, x: undefined },
  'If-Range': { [ETAG]: true, [DATE]: true, [`W/${ETAG}`]: false, [BEFORE]: false, x: false },
} as const satisfies Record<string, Record<string, boolean | undefined>>

const ranges = {
  'bytes=1-2': part(1, 2),
  'bytes=-5': part(995, 5),
  'bytes=1000-': { status: 416 },
  'bytes=0-1,5-6': whole,
  'lines=1-2': whole,
  'bytes=2-1': whole,
}

/** A header left out, or one of its values; with what that value says. */
const choices = <Said>(name: string, values: Readonly<Record<string, Said>>) => [
  { headers: {}, said: undefined },
  ...Object.entries(values).map(([value, said]) => ({ headers: { [name]: value }, said })),
]

/**
 * Each header in turn left out or with one of its values, beside what was chosen of those before.
 */
const combinations = Object.entries(conditions).reduce<readonly Combination[]>(
  (all, [name, values]) =>
    all.flatMap(({ headers, said }) =>
      choices(name, values).map((choice) => ({
        headers: { ...headers, ...choice.headers },
        said: { ...said, [name]: choice.said },
      })),
    ),
  [{ headers: {}, said: {} }],
)

type Combination = {
  readonly headers: Readonly<Record<string, string>>
  readonly said: Readonly<Record<string, boolean | undefined>>
}

/** RFC 9110, 13.2.2, step by step. */
function rightAnswer(method: string, { headers, said }: Combination, stretch?: object): object {
  if ((said['If-Match'] ?? said['If-Unmodified-Since']) === false) return { status: 412 }
  const asksForTag = 'If-None-Match' in headers
  if (said[asksForTag ? 'If-None-Match' : 'If-Modified-Since'] === false) return { status: 304 }
  if (method === 'GET' && stretch && said['If-Range'] !== false) return stretch
  return whole
}

describe.each(['GET', 'HEAD'])('every combination of headers of a %s', (method) => {
  const cases = choices<object>('Range', ranges).flatMap((range) =>
    combinations.map((combination) => ({
      headers: { ...combination.headers, ...range.headers },
      right: rightAnswer(method, combination, range.said),
    })),
  )

  it(`(${cases.length} of them) is answered by RFC 9110`, () => {
    const wrong = cases.filter(
      ({ headers, right }) => JSON.stringify(asked(headers, method)) !== JSON.stringify(right),
    )
    expect(wrong.slice(0, 3)).toEqual([])
  })
})
