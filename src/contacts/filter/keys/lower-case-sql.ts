import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { lowerCase } from '../values/lower-case.ts'

/** A character beyond ASCII, and what {@link lowerCase} makes of it. */
export type Pair = readonly [capital: string, letter: string]

/**
 * The letters that SQLite's `lower`, which knows ASCII only, does not fold in a text that is
 * searched for these.
 */
export const pairsOf = (sought: Iterable<string>): readonly Pair[] =>
  [...new Set(sought)].flatMap((letter) =>
    (capitals().get(letter) ?? []).map((capital): Pair => [capital, letter]),
  )

/**
 * SQL for a text in lower case, complete for the letters of `sought` only: SQLite's `lower` folds
 * ASCII only, so for each letter that is sought all its capitals beyond ASCII are replaced.
 *
 * @param sought texts in {@link lowerCase}
 */
export function lowerCased(text: SQLWrapper, sought: readonly string[]): SQL {
  const pairs = pairsOf(sought.join(''))
  const lower = sql`lower(${text})`
  if (pairs.length === 0) return lower
  // A text with as many bytes as characters is ASCII, and has none of the capitals.
  return sql`case when ${isAscii(text)} then ${lower} else ${replacedAll(lower, pairs)} end`
}

export const isAscii = (text: SQLWrapper): SQL => sql`octet_length(${text}) = length(${text})`

/**
 * D1's expressions are at most 100 deep, and this one is part of nested subqueries, each of which
 * adds the depth of all that it selects. What a subquery selects from is not counted.
 */
const NESTED_CALLS = 6

/** With more, the SQL might grow beyond D1's 100 kB. */
const MOST_PAIRS = 128

/** SQL for a text in which each capital is replaced by its letter. */
export function replacedAll(text: SQL, pairs: readonly Pair[]): SQL {
  if (pairs.length <= NESTED_CALLS) return replaced(text, pairs)
  return pairs.length <= MOST_PAIRS ? replacedInBlocks(text, pairs) : replacedInSteps(text, pairs)
}

const replaced = (text: SQL, pairs: readonly Pair[]): SQL =>
  pairs.reduce(
    (folded, [capital, letter]) =>
      sql`replace(${folded}, ${character(capital)}, ${character(letter)})`,
    text,
  )

function replacedInBlocks(text: SQL, pairs: readonly Pair[]): SQL {
  const blocks = Array.from({ length: Math.ceil(pairs.length / NESTED_CALLS) }, (_, block) =>
    pairs.slice(block * NESTED_CALLS, (block + 1) * NESTED_CALLS),
  )
  const folded = blocks.reduce(
    (inner, block) => sql`select ${replaced(sql`folded`, block)} as folded from (${inner})`,
    sql`select ${text} as folded`,
  )
  return sql`(select folded from (${folded}))`
}

/** The same for any number of letters, in less SQL, some five times slower. */
export const replacedInSteps = (text: SQL, pairs: readonly Pair[]): SQL =>
  sql`(with recursive pairs as materialized (
      select key as step, char(value ->> 0) as capital, char(value ->> 1) as letter
      from json_each(${codePoints(pairs)})
    ), folded(step, text) as (
      select 0, ${text}
      union all
      select folded.step + 1, replace(folded.text, capital, letter)
      from folded join pairs on pairs.step = folded.step
    ) select text from folded order by step desc limit 1)`

const codePoints = (pairs: readonly Pair[]): SQL =>
  sql.raw(`'${JSON.stringify(pairs.map((pair) => pair.map((letter) => letter.codePointAt(0))))}'`)

/**
 * A letter written as its number: a number cannot end a text in SQL, and needs none of the 100
 * bound values.
 */
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
