import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { isAscii, lowerCased, pairsOf, replacedAll, replacedInSteps } from './lower-case-sql.ts'
import { lowerCase } from '../values/lower-case.ts'
import { inList } from '../../../db/in-list.ts'

/**
 * Searches that compare letters by {@link lowerCase}. Each letter that has a capital beyond ASCII
 * costs a pass over the text, so a text with many of them is first searched for a part with few,
 * and compared in full only where that is found.
 */

/** The cost of this number of passes is negligible. */
const FEW_PAIRS = 3

/** Whether a text is somewhere in another. */
export function contains(text: SQLWrapper, wanted: string): SQL {
  const sought = lowerCase(wanted)
  const pairs = pairsOf(sought)
  if (pairs.length <= FEW_PAIRS) return sql`instr(${lowerCased(text, [sought])}, ${sought}) > 0`
  const { piece, offset } = longestPiece(sought)
  const place = placeOf(text, piece)
  const size = sql.raw(String(Array.from(sought).length))
  // The text is nearly always at the first occurrence of the piece, if anywhere.
  return sql`case when ${isAscii(text)} then false when ${place} = 0 then false else (
    select case when ${inList(sql`part`, casesOf(wanted))} then true
      when ${replacedAll(sql`lower(part)`, pairs)} = sought then true
      else instr(${replacedInSteps(sql`lower(${text})`, pairs)}, sought) > 0 end
    from (select substr(${text}, ${place} - ${sql.raw(String(offset))}, ${size}) as part,
      ${sought} as sought limit 1)) end`
}

/** Whether a text begins with another. */
export function startsWith(text: SQLWrapper, wanted: string): SQL {
  const sought = lowerCase(wanted)
  const start = (length: number) => sql`substr(${text}, 1, ${sql.raw(String(length))})`
  const whole = start(Array.from(sought).length)
  if (pairsOf(sought).length <= FEW_PAIRS) return sql`${lowerCased(whole, [sought])} = ${sought}`
  const piece = pieceAt(Array.from(sought), 0)
  const first = start(Array.from(piece).length)
  return sql`case when ${inList(whole, casesOf(wanted))} then true
    when ${lowerCased(first, [piece])} = ${piece} then ${lowerCased(whole, [sought])} = ${sought}
    else false end`
}

/** Whether each of the words is somewhere in one of the columns. */
export function holdsEveryWord(columns: readonly SQLWrapper[], wanted: readonly string[]): SQL {
  const words = [...new Set(wanted.map(lowerCase))]
  const names = columns.map((_, index) => sql.raw(`column${index}`))
  const folded = columns.map(
    (column, index) => sql`${lowerCased(column, words)} as ${names[index]}`,
  )
  const places = names.map((name) => sql`instr(coalesce(${name}, ''), word.value) > 0`)
  const every = sql`not exists (select 1 from (select ${sql.join(folded, sql`, `)} limit 1)
    cross join json_each(${JSON.stringify(words)}) as word
    where not (${sql.join(places, sql` or `)}))`
  if (pairsOf(words.join('')).length <= FEW_PAIRS) return every
  const pieces = words.map((word) => longestPiece(word).piece)
  const piece = pieces.reduce(
    (longest, each) => (each.length > longest.length ? each : longest),
    '',
  )
  const hasPiece = columns.map((column) => sql`coalesce(${placeOf(column, piece)}, 0) > 0`)
  return sql`case when ${sql.join(hasPiece, sql` or `)} then ${every} else false end`
}

/** Whether a text is one of several. @param wanted texts in {@link lowerCase} */
export function isOneOf(text: SQLWrapper, wanted: readonly string[]): SQL {
  const isWanted = inList(sql`(${lowerCased(text, wanted)})`, wanted)
  if (pairsOf(wanted.join('')).length <= FEW_PAIRS) return isWanted
  const lengths = [...new Set(wanted.map((each) => Array.from(each).length))].join(', ')
  return sql`case when ${inList(text, wanted.flatMap(casesOf))} then true
    when length(${text}) in (${sql.raw(lengths)}) then ${isWanted} else false end`
}

/** Where a piece with few pairs is, by its first character; 0 where it is not. */
const placeOf = (text: SQLWrapper, piece: string): SQL =>
  sql`instr(${replacedAll(sql`lower(${text})`, pairsOf(piece))}, ${piece})`

/** The longest part of a text that has few pairs, and how many characters stand before it. */
function longestPiece(sought: string): { readonly piece: string; readonly offset: number } {
  const letters = Array.from(sought)
  return letters.reduce(
    (longest, _, offset) => {
      const piece = pieceAt(letters, offset)
      return piece.length > longest.piece.length ? { piece, offset } : longest
    },
    { piece: '', offset: 0 },
  )
}

/** What follows at a place until there are more than few pairs. */
function pieceAt(letters: readonly string[], offset: number): string {
  let end = offset
  while (end < letters.length && pairsOf(letters.slice(offset, end + 1)).length <= FEW_PAIRS)
    end += 1
  return letters.slice(offset, end).join('')
}

/**
 * A text in the ways it is usually written: as it was sent, in small letters, in capitals, as a
 * name and as a sentence.
 */
function casesOf(wanted: string): string[] {
  const small = lowerCase(wanted)
  const letters = Array.from(small)
  const capitals = letters.map(capitalOf)
  const asName = letters.map((letter, at) =>
    at === 0 || /[\s-]/.test(letters[at - 1] ?? '') ? capitalOf(letter) : letter,
  )
  const asSentence = letters.map((letter, at) => (at === 0 ? capitalOf(letter) : letter))
  return [wanted, small, ...[capitals, asName, asSentence].map((each) => each.join(''))]
}

/** The capital of a letter, if the one is the other's. */
function capitalOf(letter: string): string {
  const capital = letter.toUpperCase()
  return lowerCase(capital) === letter ? capital : letter
}
