import { z } from 'zod'
import { sentForms, type SentForm } from '../../sent-forms.ts'

/**
 * How the values of a filter are read. Each reader gives `undefined` for a value that is absent, and its message says what
 * would be right, as the end of a sentence that begins with the key.
 */

const SEARCH_TEXT_LENGTH = 200

/** Numbers and booleans mean their text; a number is written without an exponent. */
export function textOf(value: string | number | boolean): string {
  const text = String(value).trim()
  if (typeof value !== 'number' || !text.includes('e')) return text
  return Math.abs(value) < 1 ? value.toFixed(MOST_DECIMALS) : BigInt(value).toString()
}

const MOST_DECIMALS = 100

const scalar = (expected: string) =>
  z.union([z.string(), z.number(), z.boolean()], { error: expected }).transform(textOf)

/** A text to search for. */
export const searchText = scalar(`must be a text of at most ${SEARCH_TEXT_LENGTH} characters`)
  .refine((text) => Array.from(text).length <= SEARCH_TEXT_LENGTH, {
    error: `must be a text of at most ${SEARCH_TEXT_LENGTH} characters`,
  })
  .transform(absentIfEmpty)
  .register(sentForms, { form: { type: 'string', maxLength: SEARCH_TEXT_LENGTH } })

/** Boolean values and words are listed apart: generators of clients do not all compile an enumeration of both. */
const flagForm: SentForm = {
  oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['true', 'false'] }],
}

/** `true` or `false`. */
export const flag = scalar('must be true or false')
  .pipe(z.enum(['', 'true', 'false'], { error: 'must be true or false' }))
  .transform((text) => (text === '' ? undefined : text === 'true'))
  .register(sentForms, { id: 'Flag', form: flagForm })

/** One of a few words. */
export function word<const Word extends string>(...words: readonly Word[]) {
  const expected = `must be one of ${words.join(', ')}`
  return scalar(expected)
    .pipe(z.enum(['', ...words], { error: expected }))
    .transform((text) => words.find((known) => known === text))
    .register(sentForms, { form: { type: 'string', enum: words } })
}

const LIST = 'must be a list: a text parted at commas, or a JSON array of texts and numbers'

/** A text, parted at commas, or an array. Items are trimmed, empty ones dropped. */
export const list = z
  .union(
    [scalar(LIST).transform(itemsOf), z.array(z.union([z.string(), z.number()]).transform(textOf))],
    { error: LIST },
  )
  .transform((items) => items.filter((item) => item !== ''))
  .transform((items) => (items.length === 0 ? undefined : items))
  .register(sentForms, {
    id: 'List',
    form: listForm(
      { description: 'Items parted at commas; one in double quotes may hold commas.' },
      { type: ['string', 'number'] },
    ),
  })

/** A list of ids. */
export const ids = list.transform((items) => items?.map(idOf))

/** UUIDs are written in lower case, here and in the database (RFC 9562, 4). */
export function idOf(item: string): string {
  return item.toLowerCase()
}

/** A list of words that the key names. */
export function wordList<const Word extends string>(...words: readonly Word[]) {
  const expected = `must be a list of ${words.join(', ')}`
  const pattern = `^(${words.join('|')})(,(${words.join('|')}))*$`
  return list
    .pipe(z.array(z.enum(words, { error: expected })).optional())
    .register(sentForms, { form: listForm({ pattern }, { type: 'string', enum: words }) })
}

/** `Yes` or `No`, in any case. */
export const yesOrNo = scalar('must be Yes or No')
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['', 'yes', 'no'], { error: 'must be Yes or No' }))
  .transform((text) => (text === '' ? undefined : text === 'yes'))
  .register(sentForms, { id: 'YesOrNo', form: { type: 'string', enum: ['Yes', 'No'] } })

const NUMBERS = 'must be a list of numbers such as 50 or 12.5'
const number = /^-?\d+(\.\d+)?$/

const numbersForm: SentForm = {
  anyOf: [
    { type: 'number' },
    { type: 'string', description: 'Numbers parted at commas.' },
    { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
  ],
}

/** A list of numbers. */
export const numbers = list
  .pipe(numberItems(NUMBERS).optional())
  .register(sentForms, { id: 'Numbers', form: numbersForm })

/** A list of numbers in which `null` says nothing. */
export const numbersOrNull = list
  .transform((items) => items?.filter((item) => item !== 'null'))
  .pipe(numberItems(`${NUMBERS}, or null`).optional())
  .transform((items) => (items?.length === 0 ? undefined : items))
  .register(sentForms, { form: numbersForm })

function numberItems(expected: string) {
  return z.array(z.string().regex(number, { error: expected }).transform(Number))
}

/** A list is sent as a text or as an array. */
function listForm(text: SentForm, item: SentForm): SentForm {
  return {
    anyOf: [
      { type: 'string', ...text },
      { type: 'array', items: item },
    ],
  }
}

/** An item in double quotes may hold commas, a quote in it doubled; an item is trimmed before it is looked at. */
function itemsOf(text: string): string[] {
  return Array.from(
    text.matchAll(/(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g),
    ([, quoted, plain]) =>
      (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')).trim(),
  )
}

function absentIfEmpty(text: string): string | undefined {
  return text === '' ? undefined : text
}
