import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { EXPORTS } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { download, logOf } from '../helpers/files.ts'
import {
  anyText,
  headerValue,
  isHeaderValue,
  parameters,
  PATIENCE_MILLISECONDS,
  sanely,
} from './fuzz.ts'

let path = ''
let whole = new Uint8Array()
let etag = ''
let lastModified = ''

beforeAll(async () => {
  await addList()
  await addContact({ name: 'Ann' })
  const id = await logOf({})
  path = `${EXPORTS}/${id}.csv`
  whole = (await download(id)).bytes
  const { headers } = await download(id)
  etag = headers.get('ETag') ?? ''
  lastModified = headers.get('Last-Modified') ?? ''
})

const position = fc.oneof(
  fc.nat(500).map(String),
  fc.constantFrom('', '-1', '9'.repeat(300), '1.5', 'x'),
)
const oneRange = fc.tuple(position, position).map((ends) => ends.join('-'))
const range = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('bytes', 'BYTES', 'lines'), fc.array(oneRange, { maxLength: 3 }))
      .map(([unit, ranges]) => `${unit}=${ranges.join(',')}`),
  },
  headerValue('bytes=', '0-', '-1', '0-0'),
)

/** What stands for the tag and the date of the file is put in later: they are not known yet. */
const condition = fc.oneof(
  fc.constantFrom(
    'ETAG',
    'W/ETAG',
    '"x", ETAG',
    '*',
    '""',
    'DATE',
    'Thu, 01 Jan 1970 00:00:00 GMT',
  ),
  headerValue('ETAG', 'DATE', 'W/', '"x"', '*', ','),
  anyText.filter(isHeaderValue),
)

const filled = (value: string) => value.replaceAll('ETAG', etag).replaceAll('DATE', lastModified)

it(
  'any range under any condition gives a part of the file as it is, or none',
  async () => {
    const request = fc.record(
      {
        Range: range,
        'If-Match': condition,
        'If-None-Match': condition,
        'If-Modified-Since': condition,
        'If-Unmodified-Since': condition,
        'If-Range': condition,
      },
      { requiredKeys: [] },
    )
    const method = fc.constantFrom('GET', 'GET', 'GET', 'HEAD')
    await fc.assert(
      fc.asyncProperty(request, method, async (conditions, verb) => {
        const headers = Object.fromEntries(
          Object.entries(conditions).map(([name, value]) => [name, filled(value)]),
        )
        const answer = await sanely(path, { method: verb, headers })
        expect([200, 206, 304, 412, 416]).toContain(answer.status)
        if (answer.status >= 400) return
        expect(answer.bytes).toEqual(stretchOf(answer, verb))
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

/** The bytes that the headers of an answer tell of. */
function stretchOf({ status, headers }: Awaited<ReturnType<typeof sanely>>, method: string) {
  if (method === 'HEAD' || status === 304) return new Uint8Array()
  if (status === 200) return whole
  const [, first, last, size] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('Content-Range') ?? '') ?? []
  expect(Number(size)).toBe(whole.length)
  return whole.slice(Number(first), Number(last) + 1)
}
