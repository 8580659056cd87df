import bidiFactory from 'bidi-js'

/** A part of a line in one direction. */
export type DirectedText = { readonly text: string; readonly isRightToLeft: boolean }

export type DirectedLine = {
  /** From left to right as they are seen. */
  readonly parts: readonly DirectedText[]
  readonly isRightToLeft: boolean
}

const bidi = bidiFactory()

/** The characters whose presence makes the order of a line a question. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text)

/**
 * Orders the parts of a line as they are seen (UAX 9, rule L2).
 *
 * @param isRightToLeft the direction of a line that is part of a longer one; else its text decides
 */
export function visualRuns(text: string, isRightToLeft: boolean | undefined): DirectedLine {
  const direction = isRightToLeft === undefined ? 'auto' : isRightToLeft ? 'rtl' : 'ltr'
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction)
  const runs: { from: number; to: number; level: number }[] = []
  for (let index = 0; index < text.length; index += 1) {
    const level = levels[index] ?? 0
    const last = runs.at(-1)
    if (last?.level === level) last.to = index + 1
    else runs.push({ from: index, to: index + 1, level })
  }
  const highest = runs.reduce((most, { level }) => Math.max(most, level), 0)
  for (let level = highest; level > 0; level -= 1) reverseFrom(runs, level)
  return {
    parts: runs.map(({ from, to, level }) => ({
      text: text.slice(from, to),
      isRightToLeft: level % 2 === 1,
    })),
    isRightToLeft: (paragraphs[0]?.level ?? 0) % 2 === 1,
  }
}

/** Reverses each sequence of runs that have at least this level. */
function reverseFrom(runs: { readonly level: number }[], lowest: number): void {
  for (let from = 0; from < runs.length; from += 1) {
    let to = from
    while ((runs[to]?.level ?? 0) >= lowest) to += 1
    if (to > from) runs.splice(from, to - from, ...runs.slice(from, to).toReversed())
    from = to
  }
}
