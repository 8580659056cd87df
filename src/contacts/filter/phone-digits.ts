import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

const FEWEST_DIGITS = 4

/** The digits of a text that can only be a telephone number or a part of one; `undefined` for any other text. */
export function phoneDigits(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '')
  return /^[\d\s+().-]*$/.test(text) && digits.length >= FEWEST_DIGITS ? digits : undefined
}

/** The digits of a stored number contain these. */
export const holdsDigits = (number: SQLWrapper, digits: string): SQL =>
  sql`instr(${digitsOf(number)}, ${digits}) > 0`

/** What people write between digits is removed at once, anything else character by character. */
const digitsOf = (number: SQLWrapper): SQL => {
  const usual = [' ', '-', '+', '(', ')', '.'].reduce(
    (text, character) => sql`replace(${text}, ${sql.raw(`'${character}'`)}, '')`,
    sql`${number}`,
  )
  return sql`case when ltrim(${usual}, '0123456789') = '' then ${usual} else ${digitsAlone(number)} end`
}

/**
 * One step removes one character that is no digit, wherever it stands. `union` ends it where a step changes nothing: SQL sees no
 * character behind a NUL.
 */
const digitsAlone = (number: SQLWrapper): SQL =>
  sql`(with recursive remaining(text) as (
      select ${number}
      union
      select replace(text, substr(ltrim(text, '0123456789'), 1, 1), '') from remaining
        where ltrim(text, '0123456789') <> ''
    ) select text from remaining where ltrim(text, '0123456789') = '')`
