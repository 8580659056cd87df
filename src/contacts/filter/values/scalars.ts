import * as z from 'zod'
import { openApiMetadata, type JsonSchema } from '../../../openapi-metadata.ts'

/**
 * How single values of a filter are read. Each reader returns `undefined` for a value that is
 * absent, and its message says what would be right, as the end of a sentence that begins with the
 * key.
 */

/** Numbers and booleans mean their text; a number is written without an exponent. */
export function textOf(value: string | number | boolean): string {
  const text = String(value).trim()
  const [found, sign = '', whole = '', fraction = '', exponent = ''] =
    typeof value === 'number' ? (/^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? []) : []
  if (found === undefined) return text
  const digits = whole + fraction
  const pointAt = 1 + Number(exponent)
  return pointAt > 0
    ? sign + digits.padEnd(pointAt, '0')
    : `${sign}0.${'0'.repeat(-pointAt)}${digits}`
}

/** A text, or what means one. */
export const scalar = (expected: string) =>
  z.union([z.string(), z.number(), z.boolean()], { error: expected }).transform(textOf)

/**
 * Boolean values and words are listed separately: some generators of clients cannot compile an
 * enumeration of both.
 */
const flagForm: JsonSchema = {
  oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['true', 'false'] }],
}

/** `true` or `false`, in any letter case. */
export const flag = scalar('must be true or false')
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['', 'true', 'false'], { error: 'must be true or false' }))
  .transform((text) => (text === '' ? undefined : text === 'true'))
  .register(openApiMetadata, { id: 'Flag', schema: flagForm })

/** One of a few words, which are in lower case, in any letter case. */
export function word<const Word extends string>(...words: readonly Word[]) {
  const expected = `must be one of ${words.join(', ')}`
  return scalar(expected)
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['', ...words], { error: expected }))
    .transform((text) => words.find((known) => known === text))
    .register(openApiMetadata, { schema: { type: 'string', enum: words } })
}

/** `Yes` or `No`, in any letter case. */
export const yesOrNo = scalar('must be Yes or No')
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['', 'yes', 'no'], { error: 'must be Yes or No' }))
  .transform((text) => (text === '' ? undefined : text === 'yes'))
  .register(openApiMetadata, { id: 'YesOrNo', schema: { type: 'string', enum: ['Yes', 'No'] } })
