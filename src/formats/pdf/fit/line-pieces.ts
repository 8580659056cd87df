import type { Line } from '../text/line-builder.ts'

/** A part of a line that is not broken unless it is wider than a whole line. */
export type Piece = {
  readonly text: string
  /** In thousandths of an em, with the blank behind it. */
  readonly width: number
  /** Without the blank. */
  readonly inkWidth: number
  /** Its own parts, for a line that is narrower than the piece; none of a single character. */
  readonly finer: () => readonly Piece[]
}

/** Lays out a part of a line. */
export type ShapeText = (text: string) => Line

/** Scripts that have no blanks between words. */
const WITHOUT_BLANKS =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

const OPENS = /[\p{Ps}\p{Pi}]$/u
const DOES_NOT_BEGIN_A_LINE = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}\p{M}]/u

const words = once(() => new Intl.Segmenter('en', { granularity: 'word' }))
const characters = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }))

/** The pieces of a line: words with the punctuation beside them, and the blank behind them. */
export const linePieces = (text: string, shape: ShapeText): readonly Piece[] =>
  joined(wordsOf(text), mayBreak).map((part) =>
    piece(part, shape, () => {
      const finer = joined(wordsOf(part), (_, next) => mayBegin(next))
      return finer.length > 1
        ? finer.map((word) => piece(word, shape, () => characterPieces(word, shape)))
        : characterPieces(part, shape)
    }),
  )

/** The characters of a text as people count them. */
export const charactersOf = (text: string): readonly string[] =>
  Array.from(characters().segment(text), ({ segment }) => segment)

const wordsOf = (text: string): readonly string[] =>
  Array.from(words().segment(text), ({ segment }) => segment)

const characterPieces = (text: string, shape: ShapeText): readonly Piece[] =>
  charactersOf(text).map((character) => piece(character, shape, () => []))

function piece(text: string, shape: ShapeText, finer: () => readonly Piece[]): Piece {
  const trimmed = text.trimEnd()
  const line = shape(trimmed)
  const inkWidth = line.right - line.left
  return {
    text,
    width: trimmed === text ? line.width : shape(text).width,
    inkWidth,
    finer: once(finer),
  }
}

/** Joins texts where a line may not be broken between them. */
function joined(
  texts: readonly string[],
  mayBreakBetween: (before: string, next: string) => boolean,
): readonly string[] {
  const parts: string[] = []
  for (const text of texts) {
    const before = parts.at(-1)
    if (before === undefined || mayBreakBetween(before, text)) parts.push(text)
    else parts[parts.length - 1] = before + text
  }
  return parts
}

function mayBreak(before: string, next: string): boolean {
  if (next.trim() === '') return false
  if (before.endsWith(' ')) return true
  if (OPENS.test(before) || !mayBegin(next)) return false
  return WITHOUT_BLANKS.test(before.slice(-1)) || WITHOUT_BLANKS.test(next.slice(0, 1))
}

const mayBegin = (text: string): boolean => text.trim() !== '' && !DOES_NOT_BEGIN_A_LINE.test(text)

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
