import * as z from 'zod'
import { openApiMetadata, type JsonSchema } from '../../../openapi-metadata.ts'
import { secondOf } from './calendar.ts'
import { isAbsent, isJsonObject, snakeCase } from './json-values.ts'

/** A period from its first to its last second, each as `2022-01-12T17:18:07Z`, or open. */
export type Range = { readonly first: string | undefined; readonly last: string | undefined }

const EXPECTED =
  'must be a range such as 2022-01-12, 2022-01-01..2022-01-31, ' +
  '2022-01-01...2022-02-01 (end left out), 2022-01-01.. (no end), 2022-01-12T17:18:07Z, ' +
  '{"start": "2022-01-01", "end": "2022-01-31"} or {"min": …, "max": …}, ' +
  'of days and times that exist'
const ORDER = 'must not end before it begins'

const EARLIEST = Date.parse('0000-01-01T00:00:00Z') / 1000
const LATEST = Date.parse('9999-12-31T23:59:59Z') / 1000

/** A day or a time. */
const MOMENT = String.raw`\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?`

const momentForm = { type: 'string', pattern: `^${MOMENT}$` }

const endsForm = (first: string, last: string): JsonSchema => ({
  type: 'object',
  properties: { [first]: momentForm, [last]: momentForm },
  additionalProperties: false,
  description: 'Either end may be missing.',
})

/** A range of days or times, in UTC. */
export const range = z
  .unknown()
  .transform((input, context): Range | undefined => {
    const refuse = (message: string) => {
      context.issues.push({ code: 'custom', message, input })
      return z.NEVER
    }
    const text = typeof input === 'string' ? endsOfText(input.trim()) : undefined
    const ends = isJsonObject(input) ? endsOfObject(input) : text
    if (!ends) return refuse(EXPECTED)
    const { start, end, endIsOut } = ends
    if (start === undefined && end === undefined) return undefined
    const first = start?.first
    const last = endIsOut ? end?.before : end?.last
    const limit = endIsOut ? end?.first : last
    if (first !== undefined && limit !== undefined && first > limit) return refuse(ORDER)
    return withinTheYears(first, last)
  })
  .register(openApiMetadata, {
    id: 'Range',
    schema: {
      anyOf: [
        {
          type: 'string',
          pattern: `^(${MOMENT}(\\.{2,3}(${MOMENT})?)?|\\.{2,3}${MOMENT})$`,
          description:
            'A day, a time, or two of them, one of which may be missing: `..` includes the end, ' +
            '`...` excludes it.',
        },
        endsForm('start', 'end'),
        endsForm('min', 'max'),
      ],
    },
  })

/**
 * Times are compared as texts with years of four digits. A range entirely beyond these is empty.
 */
function withinTheYears(first: number | undefined, last: number | undefined): Range {
  if (first !== undefined && first > LATEST) return withinTheYears(LATEST, LATEST - 1)
  if (last !== undefined && last < EARLIEST) return withinTheYears(EARLIEST + 1, EARLIEST)
  return {
    first: first === undefined ? undefined : secondOf(Math.max(first, EARLIEST)),
    last: last === undefined ? undefined : secondOf(Math.min(last, LATEST)),
  }
}

/** The seconds, since 1970, of a day or a time: its first and last, and the one before. */
type Moment = { readonly before: number; readonly first: number; readonly last: number }
type Ends = { start: Moment | undefined; end: Moment | undefined; endIsOut: boolean }

function endsOfText(text: string): Ends | undefined {
  if (text === '') return { start: undefined, end: undefined, endIsOut: false }
  const plain = withoutFractions(text)
  const at = plain.indexOf('..')
  if (at === -1) {
    const moment = momentOf(plain)
    return moment && { start: moment, end: moment, endIsOut: false }
  }
  const endIsOut = plain.startsWith('...', at)
  const [from, to] = [plain.slice(0, at), plain.slice(at + (endIsOut ? 3 : 2))]
  const [start, end] = [momentOf(from), momentOf(to)]
  if ((from !== '' && !start) || (to !== '' && !end)) return undefined
  return start || end ? { start, end, endIsOut } : undefined
}

/** So that the point of a fraction is not taken for one of the dots between two ends. */
const withoutFractions = (text: string): string => text.replace(/(:\d\d)\.\d+(?=Z|[+-])/g, '$1')

function endsOfObject(object: Readonly<Record<string, unknown>>): Ends | undefined {
  const entries = Object.entries(object).map(([name, value]) => [snakeCase(name), value] as const)
  const given = new Map(entries)
  const pair = PAIRS.find((names) => [...given.keys()].every((name) => names.includes(name)))
  if (!pair || given.size < entries.length) return undefined
  const [start, end] = pair.map((name) => endOfObject(given.get(name)))
  return start === INVALID || end === INVALID ? undefined : { start, end, endIsOut: false }
}

/** The names of the two ends of a range. */
const PAIRS: readonly (readonly string[])[] = [
  ['start', 'end'],
  ['min', 'max'],
]

const INVALID = Symbol('neither a day nor a time')

function endOfObject(value: unknown): Moment | undefined | typeof INVALID {
  if (isAbsent(value)) return undefined
  return (typeof value === 'string' ? momentOf(value.trim()) : undefined) ?? INVALID
}

const DAY_SECONDS = 86_400
const day = /^\d{4}-\d{2}-\d{2}$/
const time = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function momentOf(text: string): Moment | undefined {
  if (day.test(text)) {
    if (!z.iso.date().safeParse(text).success) return undefined
    const first = Date.parse(`${text}T00:00:00Z`) / 1000
    return { before: first - 1, first, last: first + DAY_SECONDS - 1 }
  }
  const [, clock, zone] = time.exec(text) ?? []
  if (clock === undefined || zone === undefined) return undefined
  const whole = `${clock}${zone}`
  if (!z.iso.datetime({ offset: true }).safeParse(whole).success) return undefined
  const first = Date.parse(whole) / 1000
  return { before: first - 1, first, last: first }
}
