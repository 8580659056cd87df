import * as fc from 'fast-check'
import { expect, inject, vi } from 'vitest'
import { call, ORIGIN, type Call } from '../helpers/api.ts'

/** Among how many properties the runs are shared. */
const PROPERTIES = 10

const { seed, runs } = inject('fuzz')

/** Where each property begins, and how many requests it makes. */
export const parameters = {
  seed,
  numRuns: Math.ceil(runs / PROPERTIES),
  reporter: <Values>(run: fc.RunDetails<Values>) => {
    if (!run.failed) return
    const again = `Again: npm run fuzz -- --seed ${seed} --runs ${runs}`
    throw new Error(`${fc.defaultReportMessage(run)}\n${again}`)
  },
}

/** Time enough for so many requests on a slow machine. */
export const PATIENCE_MILLISECONDS = 30_000 + parameters.numRuns * 500

/** What an answer may be; a fault of ours is none of it. */
const STATUSES = new Set([
  200, 201, 204, 206, 304, 400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 416,
])

const LEAK = /SQLITE|\bD1_[A-Z]{4}|drizzle|Failed query|\n\s+at |node_modules|\.[jt]s:\d/

const FILE_TYPES = [
  'text/csv; charset=utf-8; header=present',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]
const JSON_API = 'application/vnd.api+json; charset=utf-8'
const DOCUMENT_TYPES = [JSON_API, 'application/json']
const PAGE = 'text/html; charset=utf-8'

/** Calls the Worker with anything, and checks that its answer is one that it may give. */
export async function sanely(path: string, init: Call = {}) {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const faults = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  faults.mockClear()
  const answer = await call(ORIGIN + path, init)
  const { status, headers, text } = answer
  expect(faults.mock.calls).toEqual([])
  expect(STATUSES).toContain(status)
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; /)
  expect(headers.get('Referrer-Policy')).toBe('no-referrer')
  if (status >= 400) expectError(answer, init)
  else if (init.method === 'HEAD' || status === 204 || status === 304) expect(text).toBe('')
  else if (DOCUMENT_TYPES.includes(headers.get('Content-Type') ?? '')) {
    expect(JSON.parse(text)).toHaveProperty('data')
    expect(text).not.toMatch(LEAK)
  } else expect(FILE_TYPES).toContain(headers.get('Content-Type'))
  return answer
}

function expectError({ status, headers, text }: Awaited<ReturnType<typeof call>>, init: Call) {
  const accept = new Headers(init.headers).get('Accept') ?? ''
  const type = headers.get('Content-Type') ?? ''
  const isPage = accept.toLowerCase().includes('text/html') && type === PAGE
  if (!isPage) expect(DOCUMENT_TYPES).toContain(type)
  expect(text).not.toMatch(LEAK)
  if (init.method === 'HEAD' || type === PAGE) return
  const { errors } = JSON.parse(text)
  expect(errors).not.toEqual([])
  for (const error of errors) {
    expect(error).toEqual({
      status: String(status),
      title: expect.any(String),
      detail: expect.stringMatching(/./s),
      ...('source' in error && { source: expect.any(Object) }),
    })
  }
}

/** Any text: letters, signs, what does not belong into one, and what means something to somebody. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    '\udc00x',
    '\u202e',
    '\r\nX-Header: x',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    '-0',
    '1e999',
    '9'.repeat(400),
    "'",
    `"`,
    `' or 1=1 --`,
    '%',
    '%00',
    '../..',
    '<script>',
    '{}',
    '[]',
    '{"a":',
    '[[[[',
    ',,,',
    '..',
    '...',
    '2022-01-01..2022-02-30',
    '0000-01-01..9999-12-31',
    '-1..1',
    '30_60',
    'true',
    'x'.repeat(5000),
    'İ'.repeat(300),
  ),
)

/** Any value of JSON, not deep. */
export const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyText,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, -1e-308, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
  ),
})).value

/** Whether a text can be the value of a header (RFC 9110, 5.5): what cannot never reaches the Worker. */
export const isHeaderValue = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text)

/** Any value of a header, now and then one that means something. */
export const headerValue = (...known: readonly string[]) =>
  fc
    .oneof(
      fc.constantFrom(...known),
      fc
        .array(fc.constantFrom(...known, ' ', ',', ';', '=', '"', '*', 'q=0', 'x'), {
          maxLength: 5,
        })
        .map((parts) => parts.join('')),
      anyText,
      fc.string({ maxLength: 30 }),
    )
    .filter(isHeaderValue)

/** Any query string: parameters of these names and others, with any values, and escapes that mean nothing. */
export const queryOf = (names: readonly string[], values: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...names), values).map(parameter) },
        { weight: 1, arbitrary: fc.tuple(anyText, values).map(parameter) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('', '=', '%', '%zz', '%ff=%fe', '[]', 'a[[b]=1', '+'),
        },
      ),
      { maxLength: 5 },
    )
    .map((pairs) => pairs.join('&'))

/** A lone surrogate cannot be written in a URL. */
const parameter = ([name, value]: [string, string]): string =>
  [name, value].map((text) => encodeURIComponent(text.toWellFormed())).join('=')
