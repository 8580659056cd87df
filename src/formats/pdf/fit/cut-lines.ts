import { ELLIPSIS } from './label-lines.ts'
import { charactersOf } from './line-pieces.ts'

/**
 * Keeps some of the parts of lines, at least one of each line while there is room. Where parts are
 * left out, the part before them ends in an ellipsis.
 *
 * @param groups the parts of each line
 * @param count how many parts are kept
 * @param fits whether a text fits into a line
 * @returns the parts of each line that are kept
 */
export function cutLines(
  groups: readonly (readonly string[])[],
  count: number,
  fits: (text: string) => boolean,
): readonly (readonly string[])[] {
  const shown = groups.slice(0, count)
  let spare = count - shown.length
  return groups.map((parts, index) => {
    if (index >= shown.length) return []
    const kept = parts.slice(0, 1 + spare)
    spare -= kept.length - 1
    const isLastShown = index === shown.length - 1 && shown.length < groups.length
    if (kept.length === parts.length && !isLastShown) return kept
    return [...kept.slice(0, -1), withEllipsis(kept.at(-1) ?? '', fits)]
  })
}

/** As many characters of a text as fit before an ellipsis. */
function withEllipsis(text: string, fits: (text: string) => boolean): string {
  const characters = charactersOf(text)
  const ofLength = (length: number): string =>
    `${characters.slice(0, length).join('').trimEnd()}${ELLIPSIS}`
  let least = 0
  let most = characters.length
  while (least < most) {
    const middle = (least + most + 1) >> 1
    if (fits(ofLength(middle))) least = middle
    else most = middle - 1
  }
  return ofLength(least)
}
