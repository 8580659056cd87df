import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

const FEWEST_DIGITS = 4

/**
 * The digits of a text that can only be a telephone number or a part of one; `undefined` for any
 * other text.
 */
export function phoneDigits(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '')
  return /^[\d\s+().-]*$/.test(text) && digits.length >= FEWEST_DIGITS ? digits : undefined
}

/**
 * Whether the digits of a stored number contain these. A number in the form of E.164 is compared as
 * it is.
 */
export const holdsDigits = (number: SQLWrapper, digits: string): SQL =>
  sql`instr(case when ltrim(ltrim(${number}, '+'), '0123456789') = '' then ${number}
    else ${digitsOf(number)} end, ${digits}) > 0`

/**
 * Each step removes every occurrence of one character that is no digit. `union` ends the recursion
 * when a step changes nothing, because SQL sees no character after a NUL.
 */
const digitsOf = (number: SQLWrapper): SQL =>
  sql`(with recursive remaining(text) as (
      select ${number}
      union
      select replace(text, substr(ltrim(text, '0123456789'), 1, 1), '') from remaining
        where ltrim(text, '0123456789') <> ''
    ) select text from remaining where ltrim(text, '0123456789') = '')`
