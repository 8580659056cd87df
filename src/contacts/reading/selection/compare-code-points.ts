/**
 * Compares texts by their code points. That is the order of their bytes in UTF-8, and SQLite's own
 * order. JavaScript compares UTF-16 code units, in which surrogates come before other characters.
 *
 * @returns less than 0, 0, or more than 0
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at)
    if (difference !== 0) return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
  }
  return a.length - b.length
}

const FIRST_SURROGATE = 0xd8_00
const FIRST_AFTER_SURROGATES = 0xe0_00

/** Orders code units as the code points that they are part of: surrogates come last. */
function rank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit
  return unit < FIRST_AFTER_SURROGATES ? unit + 0x1_00_00 : unit
}
