import * as z from 'zod'
import type { ColumnKind, WritableColumn } from './row-tables.ts'

/** A value as the database holds it. */
export type Value = string | number | null

/** The longest text, in bytes of UTF-8. */
const TEXT_BYTES = 1024 * 1024

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i

/** Why a value cannot be stored. */
type Problem = { readonly problem: string }

/** Reads a value that is not null. */
type Reader = (value: unknown) => Value | Problem

/** A schema of zod for a reader, so that an error has its place in the line. */
const schemaOf = <Result extends Value | undefined>(read: (value: unknown) => Result | Problem) =>
  z.unknown().transform((value, context): Result => {
    const result = read(value)
    if (typeof result !== 'object' || result === null) return result
    context.issues.push({ code: 'custom', message: result.problem, input: undefined })
    return z.NEVER
  })

/** The id of a row, in lower case. */
export const idSchema = schemaOf<string>((value) =>
  typeof value === 'string' && UUID.test(value)
    ? value.toLowerCase()
    : { problem: 'This must be a UUID.' },
)

/** A text of a list. */
export const textSchema = schemaOf<string>(readText)

/** The id of a user: any text. A UUID is stored in lower case. */
export const userIdSchema = schemaOf<string>((value) => {
  const text = readText(value)
  if (text === '') return { problem: 'This must be the id of a user.' }
  return typeof text === 'string' && UUID.test(text) ? text.toLowerCase() : text
})

/** A flag that says more of a list's item. Null is the default. */
export const memberFlagSchema = schemaOf<number>((value) => (value === null ? 0 : readFlag(value)))

/**
 * A value of a column. Null clears it: a flag gets its default, and a time that the database sets is
 * left as it is, as if it had not been given.
 */
export function valueSchema({ kind, isNullable, isRequired, initial }: WritableColumn) {
  const read = READERS[kind]
  return schemaOf((value): Value | undefined | Problem => {
    if (value !== null) return read(value)
    if (isRequired) return { problem: 'This must not be null.' }
    if (isNullable) return null
    return initial === 'now' ? undefined : initial
  })
}

const READERS: Readonly<Record<ColumnKind, Reader>> = {
  text: readText,
  reference: (value) =>
    typeof value === 'string' && UUID.test(value)
      ? value.toLowerCase()
      : { problem: 'This must be a UUID.' },
  flag: readFlag,
  number: (value) =>
    typeof value === 'number' && Number.isFinite(value)
      ? value
      : { problem: 'This must be a number, such as 50 or 12.5.' },
  date: (value) =>
    typeof value === 'string' && isDate(value)
      ? value
      : { problem: 'This must be a date, such as "2022-01-12".' },
  time: readTime,
}

function readFlag(value: unknown): number | Problem {
  if (value === true || value === 1) return 1
  if (value === false || value === 0) return 0
  return { problem: 'This must be true or false.' }
}

/** In NFC, so that the same text is the same bytes whoever sends it. */
function readText(value: unknown): string | Problem {
  if (typeof value !== 'string') return { problem: 'This must be a text.' }
  if (!value.isWellFormed()) {
    return { problem: 'This text has half of a surrogate pair, which UTF-8 cannot hold.' }
  }
  if (value.includes('\0')) return { problem: 'This text has a NUL, U+0000.' }
  const text = value.normalize('NFC')
  if (text.length * 3 > TEXT_BYTES && byteLength(text) > TEXT_BYTES) {
    return { problem: 'This text is longer than 1 MB.' }
  }
  return text
}

const encoder = new TextEncoder()

/** The length of a text in UTF-8. */
export const byteLength = (text: string): number => encoder.encode(text).length

const isDate = (text: string): boolean => {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (day === undefined) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return (
    !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === `${year}-${month}-${day}`
  )
}

function readTime(value: unknown): string | Problem {
  const [, date, hours, minutes, seconds, zone] =
    (typeof value === 'string' && TIME.exec(value)) || []
  const problem = { problem: 'This must be a time with its zone: "2022-01-12T17:18:07Z".' }
  if (date === undefined || zone === undefined || !isDate(date)) return problem
  const clock = `${hours}:${minutes}:${seconds}`
  if (zone.toUpperCase() === 'Z') return `${date}T${clock}Z`
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  const text = new Date(`${date}T${clock}${offset}`).toISOString()
  // Years beyond four digits have a sign.
  return /^\d/.test(text) ? `${text.slice(0, 19)}Z` : problem
}
