import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import {
  addresses,
  contacts,
  emailAddresses,
  people,
  phoneNumbers,
} from '../../../db/schema/index.ts'

/**
 * Stands for a long text in the JSON of a row. The text is read by another statement, so that the
 * JSON of a row has a bounded size, whatever is stored.
 */
export type TextMark = {
  /** Its index in `textColumns`. */
  readonly column: number
  readonly rowId: string
  readonly bytes: number
}

/** A text of more bytes is long. So the JSON of a row has less than the 2 MB that D1 takes. */
export const SHORT_TEXT_BYTES = 4000

/** The most that a statement returns, unless a single text has more. */
export const STATEMENT_BYTES = 4_000_000

/** The columns whose texts files show, each with the column that identifies its row. */
export const textColumns: readonly (readonly [text: SQLiteColumn, id: SQLiteColumn])[] = [
  [contacts.name, contacts.id],
  [contacts.greeting, contacts.id],
  [contacts.envelopeGreeting, contacts.id],
  [contacts.status, contacts.id],
  [contacts.pledgeCurrency, contacts.id],
  [contacts.sendNewsletter, contacts.id],
  [addresses.street, addresses.id],
  [addresses.city, addresses.id],
  [addresses.state, addresses.id],
  [addresses.postalCode, addresses.id],
  [addresses.country, addresses.id],
  [people.firstName, people.id],
  [people.lastName, people.id],
  [emailAddresses.email, emailAddresses.id],
  [phoneNumbers.number, phoneNumbers.id],
]

/** The tags of a contact are one text when they are many or long. Its row is the contact. */
export const TAGS_COLUMN = textColumns.length

/**
 * The SQL of the text of a column as a value in JSON: a mark where it has more bytes than `most`.
 *
 * @param value the text, where the statement has another name for the column
 * @param id the id of its row, where the statement has another name for it
 */
export function textOrMark(
  column: SQLiteColumn,
  most: number,
  value: SQL = sql`${column}`,
  id?: SQL,
): SQL {
  const index = textColumns.findIndex(([text]) => text === column)
  const mark = markOf(index, id ?? sql`${textColumns[index]?.[1]}`, sql`octet_length(${value})`)
  return sql`case when octet_length(${value}) > ${sql.raw(String(most))}
    then ${mark} else ${value} end`
}

/** The SQL of a mark. */
export const markOf = (column: number, rowId: SQL, bytes: SQL): SQL =>
  sql`json_object(${sql.raw(`'${MARK}'`)},
    json_array(${sql.raw(String(column))}, ${rowId}, ${bytes}))`

/** The key of the only objects in a row. No text looks like it: quotes in a text are escaped. */
const MARK = 'long'

type MarkJson = { readonly [MARK]: readonly [column: number, rowId: string, bytes: number] }

/** The marks in the JSON of a row. */
export function marksIn(json: string): readonly TextMark[] {
  const marks: TextMark[] = []
  if (json.includes(`{"${MARK}":`)) {
    withTexts(json, (mark) => {
      marks.push(mark)
      return ''
    })
  }
  return marks
}

/** Parses the JSON of a row, with texts in place of their marks. */
export const withTexts = (json: string, textOf: (mark: TextMark) => string) =>
  JSON.parse(json, (_, value: unknown) => {
    if (!isMark(value)) return value
    const [column, rowId, bytes] = value[MARK]
    return textOf({ column, rowId, bytes })
  })

const isMark = (value: unknown): value is MarkJson =>
  typeof value === 'object' && value !== null && MARK in value
