import * as z from 'zod'
import { openApiMetadata, type JsonSchema } from '../../../openapi-metadata.ts'
import { splitList } from './split-list.ts'
import { textOf } from './scalars.ts'

/**
 * How lists of a filter are read. Each reader returns distinct items, `undefined` for a list
 * without any, and its message says what would be right, as the end of a sentence that begins with
 * the key.
 */

const LIST = 'must be a list: a text separated by commas, or a JSON array of texts and numbers'

/**
 * The lists of MPDX's screens are shorter, and each item adds to the cost of every contact. The
 * number of ids does not matter.
 */
const MOST_ITEMS = 200

const itemsBy = (textOfNumber: (number: number) => string) =>
  z
    .union(
      [
        z.union([z.string(), z.boolean()]).transform((value) => splitList(String(value))),
        z.number().transform((number) => [textOfNumber(number)]),
        z.array(
          z
            .union([z.string(), z.number()])
            .transform((item) => (typeof item === 'string' ? item.trim() : textOfNumber(item))),
        ),
      ],
      { error: LIST },
    )
    .transform((items) => items.filter((item) => item !== ''))

/** The items of a list as texts, empty ones dropped. */
export const items = itemsBy(textOf)

/** Distinct items; `undefined` when there are none, because the list is absent then. */
export const distinct = <Item>(all: readonly Item[]): readonly Item[] | undefined =>
  all.length === 0 ? undefined : [...new Set(all)]

/** Whether a list has an acceptable number of distinct items. */
const isShort = (found: readonly unknown[] | undefined): boolean =>
  found === undefined || found.length <= MOST_ITEMS

const TOO_LONG = { error: `must be a list of at most ${MOST_ITEMS} different items` }

/** A list is sent as a text or as an array. */
export function listForm(text: JsonSchema, item: JsonSchema): JsonSchema {
  return {
    anyOf: [
      { type: 'string', ...text },
      { type: 'array', items: item },
    ],
  }
}

const ANY_LIST = listForm(
  { description: 'Items separated by commas; one in double quotes may hold commas.' },
  { type: ['string', 'number'] },
)

/** A list of texts. */
export const list = items
  .transform(distinct)
  .refine(isShort, TOO_LONG)
  .register(openApiMetadata, { id: 'List', schema: ANY_LIST })

/**
 * A list of texts in which these words, which are in lower case, mean something, in any letter
 * case.
 */
export const listWith = (...words: readonly string[]) =>
  items
    .transform((all) => distinct(all.map((item) => fixedWord(item, words))))
    .refine(isShort, TOO_LONG)
    .register(openApiMetadata, { schema: ANY_LIST })

function fixedWord(item: string, words: readonly string[]): string {
  const lower = item.toLowerCase()
  return words.includes(lower) ? lower : item
}

/**
 * A list of ids, of any length, and of words that the key names, all in lower case: so UUIDs are
 * written, here and in the database (RFC 9562, 4). A number is not an id, and is not expanded.
 */
export const ids = itemsBy(String)
  .transform((all) => distinct(all.map((item) => item.toLowerCase())))
  .register(openApiMetadata, {
    id: 'Ids',
    schema: listForm({ description: 'Ids separated by commas.' }, { type: 'string' }),
  })

/** A list of words that the key names, in any letter case. */
export function wordList<const Word extends string>(...words: readonly Word[]) {
  const expected = `must be a list of ${words.join(', ')}`
  const pattern = `^(${words.join('|')})(,(${words.join('|')}))*$`
  return items
    .transform((all) => all.map((item) => item.toLowerCase()))
    .pipe(z.array(z.enum(words, { error: expected })))
    .transform(distinct)
    .register(openApiMetadata, { schema: listForm({ pattern }, { type: 'string', enum: words }) })
}

const NUMBERS = 'must be a list of numbers such as 50 or 12.5'
const number = /^-?\d+(\.\d+)?$/

const numbersForm: JsonSchema = {
  anyOf: [
    { type: 'number' },
    { type: 'string', description: 'Numbers separated by commas.' },
    { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
  ],
}

const numberItems = (expected: string) =>
  z
    .array(z.string().regex(number, { error: expected }).transform(Number))
    .transform(distinct)
    .refine(isShort, TOO_LONG)

/** A list of numbers. */
export const numbers = items
  .pipe(numberItems(NUMBERS))
  .register(openApiMetadata, { id: 'Numbers', schema: numbersForm })

/** A list of numbers in which `null` says nothing. */
export const numbersOrNull = items
  .transform((all) => all.filter((item) => item.toLowerCase() !== 'null'))
  .pipe(numberItems(`${NUMBERS}, or null`))
  .register(openApiMetadata, { schema: numbersForm })
