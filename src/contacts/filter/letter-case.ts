import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/**
 * A text in lower case, letter by letter, by Unicode's one-to-one mapping (UnicodeData.txt, simple lower case). JavaScript
 * departs from it in one letter, İ, for which it gives two; and it is asked about one letter at a time, so that a Σ at
 * the end of a word is no exception.
 */
export const lowerCase = (text: string): string =>
  Array.from(text, (character) => (character === 'İ' ? 'i' : character.toLowerCase())).join('')

/**
 * SQL for a text in lower case, as far as it matters to whoever looks for `sought` in it: SQLite's `lower` folds ASCII
 * only, so for each letter that is sought all its capitals beyond ASCII are replaced.
 *
 * @param sought texts that have been through {@link lowerCase}
 */
export function lowerCased(text: SQLWrapper, sought: readonly string[]): SQL {
  const pairs = [...new Set(sought.join(''))].flatMap((letter) =>
    (capitals().get(letter) ?? []).map((capital): Pair => [capital, letter]),
  )
  const lower = sql`lower(${text})`
  if (pairs.length <= NESTED_CALLS) return replaced(lower, pairs)
  const folded =
    pairs.length <= MOST_PAIRS ? foldedInBlocks(lower, pairs) : foldedInSteps(lower, pairs)
  // A text with as many bytes as characters is ASCII, and has none of the capitals.
  return sql`case when octet_length(${text}) = length(${text}) then ${lower} else ${folded} end`
}

type Pair = readonly [capital: string, letter: string]

/**
 * D1's expressions are at most 100 deep, and this one stands in subqueries of subqueries, each of which counts again how
 * deep all that it selects is. What a subquery selects from is not counted.
 */
const NESTED_CALLS = 6

/** With more, the SQL might grow beyond D1's 100 kB. */
const MOST_PAIRS = 128

const replaced = (text: SQL, pairs: readonly Pair[]): SQL =>
  pairs.reduce(
    (folded, [capital, letter]) =>
      sql`replace(${folded}, ${character(capital)}, ${character(letter)})`,
    text,
  )

function foldedInBlocks(lower: SQL, pairs: readonly Pair[]): SQL {
  const blocks = Array.from({ length: Math.ceil(pairs.length / NESTED_CALLS) }, (_, block) =>
    pairs.slice(block * NESTED_CALLS, (block + 1) * NESTED_CALLS),
  )
  const folded = blocks.reduce(
    (inner, block) => sql`select ${replaced(sql`folded`, block)} as folded from (${inner})`,
    sql`select ${lower} as folded`,
  )
  return sql`(select folded from (${folded}))`
}

/** The same for any number of letters, some five times slower. */
const foldedInSteps = (lower: SQL, pairs: readonly Pair[]): SQL =>
  sql`(with recursive pairs as materialized (
      select key as step, value ->> 0 as capital, value ->> 1 as letter from json_each(${JSON.stringify(pairs)})
    ), folded(step, text) as (
      select 0, ${lower}
      union all
      select folded.step + 1, replace(folded.text, capital, letter) from folded join pairs on pairs.step = folded.step
    ) select text from folded order by step desc limit 1)`

/** A letter written as its number: a number cannot end a text in SQL, and needs none of the 100 bound values. */
const character = (letter: string): SQL => sql.raw(`char(${letter.codePointAt(0)})`)

let capitalsByLetter: ReadonlyMap<string, readonly string[]> | undefined

/** For each small letter its capitals, without those of ASCII. */
function capitals(): ReadonlyMap<string, readonly string[]> {
  capitalsByLetter ??= capitalsOfUnicode()
  return capitalsByLetter
}

function capitalsOfUnicode(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  // No letter beyond the supplementary multilingual plane has a case.
  for (let codePoint = 0x80; codePoint < 0x2_0000; codePoint += 1) {
    const capital = String.fromCodePoint(codePoint)
    const letter = lowerCase(capital)
    if (letter !== capital) found.set(letter, [...(found.get(letter) ?? []), capital])
  }
  return found
}
