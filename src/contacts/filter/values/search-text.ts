import { openApiMetadata } from '../../../openapi-metadata.ts'
import { lowerCase } from './lower-case.ts'
import { distinct, items, listForm } from './lists.ts'
import { scalar } from './scalars.ts'

const LENGTH = 200

/** Each word or tag adds to the cost of every contact. */
const MOST_WORDS = 50

const EXPECTED = `must be a text of at most ${LENGTH} characters`

/** `é` is one character, however it was typed (Unicode, normalization form C). */
const normalized = (text: string): string => text.normalize('NFC')

const isShort = (text: string): boolean =>
  text.length <= LENGTH || (text.length <= 2 * LENGTH && Array.from(text).length <= LENGTH)

/** A text to search for. */
export const searchText = scalar(EXPECTED)
  .transform(normalized)
  .refine(isShort, { error: EXPECTED })
  .transform((text) => (text === '' ? undefined : text))
  .register(openApiMetadata, { schema: { type: 'string', maxLength: LENGTH } })

/** The distinct words of a text that is in lower case: what blanks, commas and hyphens separate. */
export const searchWords = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,-]+/).filter((word) => word !== '')),
]

/** A text to search for by its words, too. */
export const searchTextOfWords = searchText
  .refine((text) => text === undefined || searchWords(lowerCase(text)).length <= MOST_WORDS, {
    error: `must be a text of at most ${MOST_WORDS} different words`,
  })
  .register(openApiMetadata, { schema: { type: 'string', maxLength: LENGTH } })

/** A list of tags to search for. */
export const tagList = items
  .transform((all) => distinct(all.map(normalized)))
  .refine((all) => all === undefined || all.every(isShort), {
    error: `must be a list of tags, each of at most ${LENGTH} characters`,
  })
  .refine((all) => all === undefined || new Set(all.map(lowerCase)).size <= MOST_WORDS, {
    error: `must be a list of at most ${MOST_WORDS} different tags`,
  })
  .register(openApiMetadata, {
    id: 'Tags',
    schema: listForm(
      { description: 'Tags separated by commas; one in double quotes may hold commas.' },
      { type: ['string', 'number'] },
    ),
  })
